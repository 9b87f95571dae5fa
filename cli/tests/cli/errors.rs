//! Every way to fail: what is said, the exit status, and that nothing is left behind.

use crate::sandbox::{Outcome, Sandbox, exits_with};
use insta::assert_snapshot;

/// Fails to build `input`, whose name is `name`.
#[track_caller]
fn build_fails(name: &str, input: impl AsRef<[u8]>) -> Outcome {
    let sandbox = Sandbox::with(name, input);
    let outcome = sandbox.wasmc(&format!("build {name}"));
    assert_ne!(outcome.status, 0, "{outcome}");
    assert_eq!(sandbox.names(), [name], "files were left behind");
    outcome
}

/// Fails in a directory with a valid module, `app.wat`.
#[track_caller]
fn fails(line: &str) -> Outcome {
    let sandbox = Sandbox::with("app.wat", exits_with(0));
    let outcome = sandbox.wasmc(line);
    assert_ne!(outcome.status, 0, "{outcome}");
    assert_eq!(sandbox.names(), ["app.wat"], "files were left behind");
    outcome
}

#[test]
fn invalid_binary() {
    // A function of type [] -> [i32] with an empty body.
    let module = b"\0asm\x01\0\0\0\x01\x05\x01\x60\0\x01\x7f\x03\x02\x01\0\x0a\x04\x01\x02\0\x0b";
    assert_snapshot!(build_fails("app.wasm", module), @"
    status 1
    --- stderr
    error: app.wasm: type mismatch: expected i32 but nothing on stack (at offset 0x18)
    ");
}

#[test]
fn truncated_binary() {
    assert_snapshot!(build_fails("app.wasm", b"\0asm\x01\0\0\0\x01\x05\x01\x60"), @"
    status 1
    --- stderr
    error: app.wasm: unexpected end-of-file (at offset 0xa)
    ");
}

#[test]
fn invalid_text() {
    assert_snapshot!(build_fails("app.wat", "(module\n  (func (i32.conts 1)))\n"), @"
    status 1
    --- stderr
    error: app.wat: unknown operator or unexpected token
         --> app.wat:2:10
          |
        2 |   (func (i32.conts 1)))
          |          ^
    ");
}

#[test]
fn text_of_an_invalid_module() {
    assert_snapshot!(build_fails("app.wat", "(module (func (result i32) (i64.const 1)))"), @"
    status 1
    --- stderr
    error: app.wat: type mismatch: expected i32, found i64 (at offset 0x1a)
    ");
}

#[test]
fn unsupported_proposal() {
    assert_snapshot!(build_fails("app.wat", "(module (func (export \"_start\") (throw 0)) (tag))"), @"
    status 3
    --- stderr
    error: app.wat: unsupported: the module uses exception handling
    exceptions support is not enabled (at offset 0x28)
    ");
}

#[test]
fn proposal_left_out() {
    let sandbox = Sandbox::with("app.wat", "(module (func (return_call 0)))");
    assert_snapshot!(sandbox.wasmc("build --features wasm2 --emit obj app.wat"), @"
    status 3
    --- stderr
    error: app.wat: unsupported: the module uses tail calls
    tail calls support is not enabled: `--features` leaves it out (at offset 0x17)
    ");
}

#[test]
fn component() {
    assert_snapshot!(build_fails("app.wasm", b"\0asm\x0d\0\x01\0"), @"
    status 3
    --- stderr
    error: app.wasm: unsupported: the module uses the component model
    only core modules are compiled; `wasm-tools component unbundle` gives the modules of a component (at offset 0x4)
    ");
}

#[test]
fn other_file_formats() {
    assert_snapshot!(build_fails("app.wasm", b"\x7fELF\x02\x01\x01\0"), @"
    status 1
    --- stderr
    error: app.wasm: the input is an ELF file, not a WebAssembly module
    ");
    assert_snapshot!(build_fails("app.wasm", b""), @"
    status 1
    --- stderr
    error: app.wasm: the input is empty, not a WebAssembly module
    ");
    assert_snapshot!(build_fails("app.wasm", b"\xff\xfe\xfd"), @"
    status 1
    --- stderr
    error: app.wasm: the input is neither a WebAssembly binary nor UTF-8 text
    ");
}

#[test]
fn missing_imports() {
    let module = r#"(module
        (import "env" "log" (func (param i32 f64) (result i64)))
        (import "env" "memory" (memory 1))
        (import "wasi_snapshot_preview1" "fd_frobnicate" (func))
        (import "wasi_snapshot_preview1" "fd_write" (func (param i32)))
        (func (export "_start")))"#;
    assert_snapshot!(build_fails("app.wat", module), @r#"
    status 4
    --- stderr
    error: app.wat: the module has 4 imports that nothing provides:
      "env" "log" (func (param i32 f64) (result i64))
      "env" "memory" (memory 1)
      "wasi_snapshot_preview1" "fd_frobnicate" (func)  ;; wasi_snapshot_preview1 has no such function
      "wasi_snapshot_preview1" "fd_write" (func (param i32))  ;; WASI has it as (func (param i32 i32 i32 i32) (result i32))
    wasmc provides `wasi_snapshot_preview1` and `wasi_unstable`; `--stub-imports` turns each missing function into a trap that names it
    "#);
}

#[test]
fn nothing_to_run() {
    assert_snapshot!(build_fails("app.wat", r#"(module (func (export "add")) (func (export "sub")))"#), @"
    status 5
    --- stderr
    error: app.wat: the module has no function `_start` to run: it exports add, sub; `--invoke NAME` runs one of them
    ");
    assert_snapshot!(fails("build --invoke main app.wat"), @"
    status 5
    --- stderr
    error: app.wat: the module has no function `main` to run: it exports _start
    ");
}

#[test]
fn missing_input() {
    assert_snapshot!(fails("build lib.wasm"), @"
    status 5
    --- stderr
    error: cannot read `lib.wasm`: No such file or directory
    ");
    assert_snapshot!(fails("run app.wasm"), @"
    status 5
    --- stderr
    error: cannot read `app.wasm`: No such file or directory
    hint: there is `app.wat`
    ");
}

#[test]
fn input_is_a_directory() {
    assert_snapshot!(fails("build ."), @"
    status 5
    --- stderr
    error: `.` is a directory, not a module
    ");
    assert_snapshot!(fails("run ."), @"
    status 5
    --- stderr
    error: `.` is a directory, not a module
    ");
}

#[test]
fn output_that_cannot_be_written() {
    assert_snapshot!(fails("build app.wat -o no/such/app"), @"
    status 5
    --- stderr
    error: cannot write `no/such/app`: there is no directory `no/such`
    ");
    assert_snapshot!(fails("build app.wat -o ."), @"
    status 5
    --- stderr
    error: cannot write `.`: it is a directory
    hint: name the output with `-o OUT`
    ");
}

#[test]
fn output_without_a_name() {
    assert_snapshot!(fails("build -"), @"
    status 2
    --- stderr
    error: a module from standard input gives the output no name
    hint: name it with `-o OUT`, or write to standard output with `-o -`
    ");
}

#[test]
fn the_input_is_never_overwritten() {
    let sandbox = Sandbox::with("app", exits_with(0));
    std::fs::hard_link(sandbox.path("app"), sandbox.path("twin")).expect("a hard link");
    std::os::unix::fs::symlink("app", sandbox.path("link")).expect("a symbolic link");
    for line in ["build app", "build app -o app", "build app -o ./app", "build app -o twin", "build app -o link"] {
        let outcome = sandbox.wasmc(line);
        assert_eq!(outcome.status, 2, "wasmc {line}\n{outcome}");
        assert_eq!(sandbox.read("app"), exits_with(0).as_bytes());
    }
    assert_snapshot!(sandbox.wasmc("build app"), @"
    status 2
    --- stderr
    error: the output `app` would overwrite the input
    hint: name another with `-o OUT`
    ");
}

#[test]
fn usage() {
    assert_snapshot!(fails("biuld app.wat"), @"
    status 2
    --- stderr
    error: unrecognized subcommand 'biuld'

      tip: a similar subcommand exists: 'build'

    Usage: wasmc [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("app.wat"), @"
    status 2
    --- stderr
    error: `app.wat` is no command; `wasmc run app.wat` runs the module

    Usage: wasmc [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("build app.wat --memory-cheks guard"), @"
    status 2
    --- stderr
    error: unexpected argument '--memory-cheks' found

      tip: a similar argument exists: '--memory-checks'

    Usage: wasmc build --memory-checks <HOW> <IN>

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("build app.wat -O3"), @"
    status 2
    --- stderr
    error: invalid value '3' for '-O <LEVEL>'
      [possible values: 0, 1, 2, s]

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("build app.wat --stack-size 8MB"), @"
    status 2
    --- stderr
    error: invalid value '8MB' for '--stack-size <SIZE>': `MB` may mean two things: write M or MiB for powers of 1024

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("build app.wat --dir ::/"), @"
    status 2
    --- stderr
    error: invalid value '::/' for '--dir <HOST[::GUEST][:ro]>': expected HOST[::GUEST][:ro], found `::/`

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("build app.wat --tcp-listen localhost:80"), @"
    status 2
    --- stderr
    error: invalid value 'localhost:80' for '--tcp-listen <ADDR:PORT>': expected numbers, as 127.0.0.1:80 or [::1]:80

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("build app.wat --cpu z80"), @"
    status 2
    --- stderr
    error: invalid value 'z80' for '--cpu <CPU>': unknown cpu `z80`: expected one of baseline, x86-64-v2, x86-64-v3, armv8-a, armv8.1-a, rv64gc, rv64gcv, rva22, rva23, native

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("run app.wat --dri . -- x"), @"
    status 2
    --- stderr
    error: unexpected argument '--dri' found

      tip: to pass '--dri' as a value, use '-- --dri'

    Usage: wasmc run [OPTIONS] <IN> [ARGS]...
           wasmc run <IN> [OPTIONS] -- [ARGS]...

    For more information, try '--help'.
    ");
    assert_snapshot!(fails("run app.wat --dir . x -- y"), @"
    status 2
    --- stderr
    error: only options of wasmc may stand between the module and `--`; write `--` right after the module to give the program everything that follows

    Usage: wasmc run [OPTIONS] <IN> [ARGS]...
           wasmc run <IN> [OPTIONS] -- [ARGS]...

    For more information, try '--help'.
    ");
}

#[test]
fn colours_on_request() {
    let plain = fails("--color never build .");
    let coloured = fails("--color always build .");
    assert!(!plain.stderr.contains('\x1b'), "{plain}");
    assert!(coloured.stderr.contains("\x1b[1m\x1b[31merror:\x1b[0m"), "{:?}", coloured.stderr);
    assert!(fails("--color always biuld").stderr.contains('\x1b'));
}

#[test]
fn a_closed_standard_output_is_no_bug() {
    let sandbox = Sandbox::with("app.wat", exits_with(0));
    for line in ["completions bash", "man", "inspect app.wat", "targets", "build app.wat --emit clif -o -"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let outcome = sandbox.finish(sandbox.command(line.split(' ')).stdout(writer));
        assert_eq!((outcome.status, outcome.stderr.as_str()), (141, ""), "wasmc {line}");
    }
}
