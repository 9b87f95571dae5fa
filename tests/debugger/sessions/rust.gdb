# A program in Rust: references, structures, vectors, names.
# programs: rust/O0
break rust_debuggee::apply
#> Breakpoint 1 at … file …main.rs, line …
run
#> Breakpoint 1, rust_debuggee::apply (account=0x…, change=0x…) at …main.rs:
print account.number
#> = 7
print account.balance
#> = 100
ptype rust_debuggee::Account
#> struct rust_debuggee::Account {
#> number: u32,
#> balance: i64,
backtrace 2
#> #0 …rust_debuggee::apply (…
#> #1 …rust_debuggee::main () at …main.rs:
