# A binary module is printed, and that is its source.
# programs: binary binary/O0
break fact
#> Breakpoint 1 at … file …program.wat, line
run
#> Breakpoint 1, fact (n=5) at …program.wat:
next
info locals
#> r = 1
finish
#> Value returned is …120
