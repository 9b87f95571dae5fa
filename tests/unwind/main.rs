//! Do debuggers, profilers and unwinders find their way from a frame to its caller's? What `.eh_frame` says is read back for
//! every function, and gdb walks from WebAssembly, and from the handler of a signal, to where the process starts.

mod gdb;
mod tables;

use libtest_mimic::{Arguments, Failed, Trial};
use std::process::ExitCode;
use wasmc_compiler::{ObjectFormat, Options, Target};
use wasmc_tests::{Program, build};

/// `outer` calls `inner` with values that live across the call; `inner` reads where nothing is.
const MODULE: &str = r#"(module (memory 1)
  (func $inner (param i32) (result i32) (i32.load (local.get 0)))
  (func $outer (param i32 i32 i32) (result i32)
    (i32.add (i32.add (call $inner (local.get 0)) (local.get 1)) (i32.mul (local.get 2) (local.get 0))))
  (func $entry (export "_start") (drop (call $outer (i32.const -4) (i32.const 1) (i32.const 2)))))"#;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    let targets = || Target::ALL.iter().copied().filter(|target| target.object_format() == ObjectFormat::Elf);
    for target in targets() {
        for debug in [false, true] {
            let name = format!("tables {}{}", target.name, if debug { " -g" } else { "" });
            trials.push(Trial::test(name, move || tables::check(&executable(target, debug)?, target, debug)));
        }
    }
    for debug in [false, true] {
        let name = |what: &str| format!("gdb from {what}{}", if debug { " -g" } else { "" });
        let host = Target::host();
        trials.push(Trial::ignorable_test(name("a function"), move || gdb::from_a_function(&program(host, debug)?)));
        for target in targets() {
            trials.push(Trial::ignorable_test(name(&format!("a signal handler {}", target.name)), move || {
                gdb::from_a_handler(&program(target, debug)?, target)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn executable(target: Target, debug: bool) -> Result<Vec<u8>, Failed> {
    let options = Options { target, debug, ..Options::default() };
    Ok(build(MODULE.as_bytes(), "module", &options)?)
}

fn program(target: Target, debug: bool) -> Result<Program, Failed> {
    Ok(Program::new(&executable(target, debug)?)?)
}
