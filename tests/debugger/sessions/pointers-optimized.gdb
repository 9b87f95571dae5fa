# Pointers in a function that wasmc has optimised.
# programs: c-as-written
break list.c:31
#> line 31.
run
#> Breakpoint 1, …sum (list=0x…) at …list.c:31
print *n
#> = {value = 3, name = 0x…, next = …0x…, weight = 4.5}
print list->next->value
#> = 2
