# A breakpoint that asks first.
# programs: c-as-written c-as-written/O0
# targets: x86_64-linux aarch64-linux
break list.c:31 if n->value == 2
#> line 31.
run
#> Breakpoint 1, …sum (list=0x…) at …list.c:31
print n->value
#> = 2
print total
#> = 3
