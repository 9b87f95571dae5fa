# The text format is the source of a module that names no other.
# programs: text text/O0
# targets: x86_64-linux aarch64-linux
break fact
#> Breakpoint 1 at … file …factorial.wat, line 4.
run
#> Breakpoint 1, fact (n=5) at …factorial.wat:4
break factorial.wat:8 if n == 3
#> line 8.
continue
#> Breakpoint 2, fact (n=3) at …factorial.wat:8
info args
#> n = 3
info locals
#> r = 20
ptype r
#> type = i32
finish
backtrace 1
#> #0 …at …factorial.wat:13
