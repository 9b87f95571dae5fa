# What gdb learns from the program: pointers in memory, and commands for memory, globals and tables.
# programs: c-as-written c-as-written/O0
# targets: x86_64-linux aarch64-linux
break list.c:31
run
print *list
#> = {value = 3, name = 0x… "item", next = (struct node *) 0x…, weight = 4.5}
print list->next->name
#> = 0x… "item"
print $wasm(list->name)
#> = 105 'i'
wasm memory list->name 16
#> 69 74 65 6d 00 …  item.…
wasm globals
#> 0: i32 = …
wasm tables
#> 0: 5 elements, never changes
#>   1: __stdio_write
wasm memory 0x7fffffff
#> memory 0 has 0x…
