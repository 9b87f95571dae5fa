# What clang has optimised: locals of the module, in registers and on the stack, and a function that was inlined.
# programs: c-optimized/O0
break combine
#> Breakpoint 1 at … file …list.c, line …
run
#> Breakpoint 1, …combine (a=3, b=4, c=5.5) at …list.c:
print b
#> = 4
print c
#> = 5.5
up
#> …main… at …list.c:51
break list.c:22
#> line 22.
run
#> Breakpoint 2, push (…) at …list.c:22
print made->weight
#> = 1.5
backtrace
#> #0 …push (…) at …list.c:22
#> #1 …main… at …list.c:48
