# On AArch64 results are in other registers than C has them, and gdb is told so.
# programs: c-as-written/O0 text
# targets: aarch64-linux
break combine
break fact
run
finish
#> does not follow the target calling convention
