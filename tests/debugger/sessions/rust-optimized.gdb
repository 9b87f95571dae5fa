# Functions and lines of a program in Rust that rustc and wasmc have optimised.
# programs: rust
break rust_debuggee::apply
#> Breakpoint 1 at … file …main.rs, line …
run
#> Breakpoint 1, rust_debuggee::apply (…) at …main.rs:
backtrace 2
#> #0 …rust_debuggee::apply (…
#> #1 …rust_debuggee::main () at …main.rs:
