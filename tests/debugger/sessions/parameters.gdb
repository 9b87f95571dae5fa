# What is left of a function that wasmc has optimised: its parameters, and what has been stored.
# programs: c-as-written
# targets: x86_64-linux aarch64-linux
break combine
#> Breakpoint 1 at … file …list.c, line 37.
run
#> Breakpoint 1, combine (a=3, b=4, c=5.5) at …list.c:37
info args
#> a = 3
#> b = 4
#> c = 5.5
next
next
info locals
#> col = GREEN
