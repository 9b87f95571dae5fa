//! Names that other programs gave: they need not be UTF-8.

use libtest_mimic::{Completion, Failed, Trial};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use wasmc_compiler::OperatingSystem;
use wasmc_tests::{Program, build, usual_options, usual_target};

/// Writes the entries of its directory to standard output, as they lie in memory.
const LIST: &str = r#"(module
  (import "wasi_snapshot_preview1" "fd_readdir" (func $readdir (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (call $check (call $readdir (i32.const 3) (i32.const 1024) (i32.const 4096) (i64.const 0) (i32.const 4)))
    (i32.store (i32.const 0) (i32.const 1024))
    (call $check (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0))))))"#;

pub fn trials() -> Vec<Trial> {
    vec![Trial::ignorable_test("names/not UTF-8", || match usual_target().system {
        // The file systems of macOS have no such names, and the others are not asked for.
        OperatingSystem::MacOs => Ok(Completion::ignored_with("not run: names are UTF-8")),
        OperatingSystem::Linux => not_utf8().map(|()| Completion::Completed),
        // What it has instead, half of a pair, Wine does not make of any name.
        OperatingSystem::Windows => Ok(Completion::ignored_with("not run: names are UTF-16")),
    })]
}

/// It is listed as it is, with its length.
fn not_utf8() -> Result<(), Failed> {
    let mut options = usual_options();
    options.grants.directories.push(".::/work".parse()?);
    let program = Program::new(&build(LIST.as_bytes(), "list", &options)?)?;
    let name = b"\xff\xfe of a name";
    program.write(OsStr::from_bytes(name), b"")?;
    let ended = program.run(&[])?;
    // The length and the kind, a regular file, come before the name.
    let entry = [&(name.len() as u32).to_le_bytes(), &[4, 0, 0, 0], &name[..]].concat();
    if ended.status == 0 && ended.stdout.windows(entry.len()).any(|window| window == entry) {
        Ok(())
    } else {
        Err(format!("{ended:?}").into())
    }
}
