//! Files for Windows and macOS, read back by a library that did not write them: what no emulator here runs is at least what its
//! format says, and what is run is more than what Wine puts up with.

mod macos;
mod signature;
mod unwind_info;
mod windows;

use wasmc_compiler::{Emit, Options, Target};
use wasmc_tests::build;

/// A program that writes, with data and a table, so that it refers to everything there is to refer to.
const MODULE: &str = r#"(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_open"
    (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\10\00\00\00\06\00\00\00")
  (data (i32.const 16) "hello\0a")
  (global $count (mut i32) (i32.const 0))
  (table funcref (elem $say))
  (func $say (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func (export "_start")
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 16) (i32.const 5) (i32.const 0) (i64.const 0) (i64.const 0)
      (i32.const 0) (i32.const 64)))
    (call_indirect (i32.const 0))))"#;

pub(crate) fn made(target: &str, emit: Emit) -> Vec<u8> {
    let target = Target::from_name(target).expect("a target");
    build(MODULE.as_bytes(), "formats", &Options { target, emit, ..Options::default() }).expect("it compiles")
}
