//! What has to hold for any bytes whatever. Tests hold wasmc to it for chosen bytes, fuzz targets for all they think of.

use crate::differential::{Batch, Purpose, Subject, generate};
use crate::mode::Mode;
use arbitrary::Unstructured;
use std::num::NonZeroUsize;
use wasmc_compiler::{
    Cpu, CpuBaseline, Emit, Error, Features, Options, inspect, parse as parse_binary, proposals_used, to_binary,
};

/// What generated modules that are only compiled may import: whatever is no function has no stub.
const IMPORTS: &str = r#"(module
    (import "env" "f0" (func (param i32)))
    (import "env" "f1" (func (param i64 f32 externref) (result f64)))
    (import "env" "f2" (func (result i32 i64 funcref f32 f64 externref i32 i64 i32 i64)))
    (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32 i32 i32) (result i32)))
    (import "wasi_snapshot_preview1" "proc_exit" (func (param i32))))"#;

/// Bytes are a module that can be described, or a clean error.
///
/// # Panics
/// When they are not.
pub fn parse(bytes: &[u8]) {
    let binary = match to_binary(bytes) {
        Ok(binary) => binary,
        Err(error) => return check(&error, ""),
    };
    let _ = proposals_used(&binary);
    match parse_binary(&binary, "fuzz", Features::supported()) {
        Ok(module) => drop(inspect(&module)),
        Err(error) => check(&error, ""),
    }
}

/// Bytes become machine code, or a clean error. Those that are no module by their looks stand for a generated one.
///
/// # Panics
/// When they do not.
pub fn compile(bytes: &[u8]) {
    let (options, label) = options(bytes);
    if bytes.starts_with(b"\0asm") || bytes.starts_with(b"(") {
        return build(bytes, &options, &label);
    }
    let imports = wat::parse_str(IMPORTS).ok();
    if let Ok(module) = generate(&mut Unstructured::new(bytes), Purpose::Compile, imports) {
        build(&module, &options, &label);
    }
}

/// The modules that bytes stand for do in an executable what they do in an interpreter.
///
/// # Panics
/// When they do not.
pub fn differential(bytes: &[u8]) {
    let Ok(subject) = Subject::from_bytes(bytes) else { return };
    let mut batch = Batch::default();
    batch.add(0, &subject).unwrap_or_else(|message| panic!("{message}"));
    let (mode, number) = choices(bytes);
    let baseline = BASELINES[number % BASELINES.len()];
    let differences = batch.compare(mode, baseline).unwrap_or_else(|message| panic!("{message}"));
    if let Some(difference) = differences.first() {
        panic!("{} {baseline:?}:\n{}\n\n{}", mode.name(), difference.messages.join("\n"), difference.script);
    }
}

fn build(module: &[u8], options: &Options, label: &str) {
    if let Err(error) = crate::program::build(module, "fuzz", options) {
        check(&error, label);
    }
}

/// The instructions that every machine has, and those of this one.
pub const BASELINES: [CpuBaseline; 2] = [CpuBaseline::Portable, CpuBaseline::Native];

/// A mode, and a further number, that differ from input to input.
fn choices(bytes: &[u8]) -> (Mode, usize) {
    let sum = bytes.iter().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let modes = Mode::all();
    (modes[sum % modes.len()], sum / modes.len())
}

/// Options for an input, and a name for them.
fn options(bytes: &[u8]) -> (Options, String) {
    /// Of so many inputs, one is linked: that takes longer than all the rest.
    const LINKED: usize = 16;
    let (mode, number) = choices(bytes);
    let emit = if number % LINKED == 0 { Emit::Executable } else { Emit::Object };
    let baseline = BASELINES[number / LINKED % BASELINES.len()];
    let cpu = Cpu { baseline, features: Vec::new() };
    let mut options = Options { emit, cpu, jobs: NonZeroUsize::new(1), stub_imports: true, ..Options::default() };
    mode.apply(&mut options);
    (options, format!("{} {baseline:?} {emit:?}", mode.name()))
}

/// An error that tells the user what to do is one the user can have.
fn check(error: &Error, label: &str) {
    assert!(error.kind() != "bug", "{label}: {error}");
}
