# A module in AssemblyScript, whose source map names its lines.
# programs: assemblyscript assemblyscript/O0
break main.ts:29
#> Breakpoint 1 at … file …main.ts, line 29.
run
#> Breakpoint 1, main/surroundings () at …main.ts:29
next
#> 30	in …main.ts
backtrace 2
#> #0  main/surroundings () at …main.ts:30
#> #1 …start:main