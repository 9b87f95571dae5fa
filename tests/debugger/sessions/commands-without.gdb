# The same in a program that has none of it.
# programs: text
break fact
run
wasm globals
wasm tables
wasm memory 0
#> the program has no memory of its own
