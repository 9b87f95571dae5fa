# From a function through trampolines and the runtime to where the process starts.
# programs: c-as-written c-as-written/O0
# targets: x86_64-linux aarch64-linux
set backtrace past-main on
break combine
run
backtrace
#> #0 …combine (a=3, b=4, c=5.5) at …list.c:37
#> #1 …main… at …list.c:51
#> …_start () at …crt1-command.c
#> …trampoline
#> …run
#> …_start ()
