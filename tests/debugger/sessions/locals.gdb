# Breakpoints by function and by line, steps, parameters and locals of each kind.
# programs: c-as-written/O0
# targets: x86_64-linux aarch64-linux
break combine
#> Breakpoint 1 at … file …list.c, line 37.
run
#> Breakpoint 1, combine (a=3, b=4, c=5.5) at …list.c:37
info args
#> a = 3
#> b = 4
#> c = 5.5
break list.c:42
#> Breakpoint 2 at … line 42.
continue
#> Breakpoint 2, combine (a=3, b=4, c=5.5) at …list.c:42
info locals
#> local = 16
#> col = GREEN
#> text = "hello\000…"
print local + text[0]
#> = 120
print/x a
#> = 0x3
whatis col
#> type = enum color
