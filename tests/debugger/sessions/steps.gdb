# Lines one after the other, into a call and out of it.
# programs: c-as-written/O0
# targets: x86_64-linux aarch64-linux
break main
#> Breakpoint 1 at … line 46.
run
#> Breakpoint 1, …main… (argc=1, argv=…) at …list.c:46
next
#> 47	    for (int i = 1; i <= 3; i++) {
next
#> 48	        list = push(list, i, "item");
print i
#> = 1
step
#> push (list=0x0, value=1, name=…"item") at …list.c:19
next
#> 20	    made->value = value;
next
#> 21	    made->name = name;
print made->value
#> = 1
up
#> …main… at …list.c:48
down
#> push …
finish
#> …main… at …list.c:48
