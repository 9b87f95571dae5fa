# Pointers lead into linear memory: those in variables, and those in memory.
# programs: c-as-written/O0
# targets: x86_64-linux aarch64-linux
break list.c:33
#> line 33.
run
#> Breakpoint 1, …sum (list=0x…) at …list.c:33
print total
#> = 6
print *list
#> = {value = 3, name = 0x…, next = …0x…, weight = 4.5}
print list->next->value
#> = 2
print list->next->next->weight
#> = 1.5
print list->next->next->next
#> = (struct node *) 0x0
print list[0].value
#> = 3
print *&list->weight
#> = 4.5
ptype list
#> type = const struct node {
#> int value;
#> const char *name;
#> struct node *next;
#> double weight;
#> } *
print sizeof(struct node)
#> = 24
up
#> …main… at …list.c:50
print *list->next
#> = {value = 2, …
print counter
#> = 10
set var counter = 50
print counter
#> = 50
