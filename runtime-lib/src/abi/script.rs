//! A test script (a `.wast` file as the specification's test suite has them) as data: what its
//! executable does, in order, and what has to come of it.
//!
//! The executable writes a line to standard output for each command, and flushes it before the next
//! one runs, so that a crash loses nothing:
//!
//! ```text
//! 12 ok
//! 15 values 2:0x0000000000000005 5:0x00000000000000010000000000000002
//! 19 trap unreachable
//! 23 unlinkable incompatible import type
//! 31 missing
//! 40 refused cannot allocate memory 0: its minimum is 4294967296 bytes
//! ```
//!
//! The number is the command's place in the script's list, from 0; what follows is `ok`, or what
//! came instead of what the script expects: values (a [`ValueCode`](super::ValueCode) and the bits
//! of each), a trap, an import that does not fit, `missing` when an earlier command should have
//! made the instance, or `refused` and why when the system does not have what the command needs.

use super::{Module, Slice};

/// The symbol of the [`Script`] record.
pub const SCRIPT_SYMBOL: &str = "wasmc_script";
/// The [`RunFunction`](super::RunFunction) of a script.
pub const RUN_SCRIPT_SYMBOL: &str = "wasmc_run_script";

/// All of a script.
#[derive(Debug)]
#[repr(C)]
pub struct Script {
    /// What the first thread does.
    pub commands: Slice<Command>,
    /// What each further thread does.
    pub threads: Slice<Thread>,
    /// How many instances the commands refer to, [`SPECTEST`] included.
    pub instances: u64,
}

/// The number of the instance that the program itself starts with: the module `spectest`.
pub const SPECTEST: u32 = 0;

/// A thread of a script.
#[derive(Debug)]
#[repr(C)]
pub struct Thread {
    /// What it does.
    pub commands: Slice<Command>,
    /// The address one past the highest byte of its stack.
    pub stack_top: usize,
}

/// One thing to do, and what has to come of it.
#[derive(Debug)]
#[repr(C)]
pub struct Command {
    /// Its place in the list of all commands of the script, threads included.
    pub number: u32,
    /// A [`CommandKind`].
    pub kind: u32,
    /// The instance to make or to use; of a thread, its place in `Script::threads`.
    pub instance: u32,
    /// An [`Outcome`].
    pub outcome: u32,
    /// With [`Outcome::Trap`]: the set of codes, bit `1 << code`, one of which has to come.
    pub traps: u64,
    /// The module to instantiate.
    pub module: *const Module,
    /// The instance that provides each of its imports, or [`NO_INSTANCE`].
    pub providers: Slice<u32>,
    /// The export to call or to read.
    pub name: Slice<u8>,
    /// What to pass.
    pub arguments: Slice<Value>,
    /// A [`ValueCode`](super::ValueCode) for each value that comes back.
    pub results: Slice<u8>,
    /// What they have to be: a pattern for each, or none when any will do.
    pub expected: Slice<Pattern>,
}

/// No instance provides the import.
pub const NO_INSTANCE: u32 = u32::MAX;

/// What a command does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum CommandKind {
    /// Makes an instance.
    Instantiate = 0,
    /// Calls an exported function.
    Invoke = 1,
    /// Reads an exported global.
    Get = 2,
    /// Starts a thread.
    StartThread = 3,
    /// Waits for a thread to end.
    WaitThread = 4,
}

/// What has to come of a command.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum Outcome {
    /// Values that fit the patterns.
    Values = 0,
    /// A trap.
    Trap = 1,
    /// An import that nothing provides, or that has another type.
    Unlinkable = 2,
}

/// A value to pass.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Value {
    /// Its bits, the lowest first.
    pub bits: [u64; 2],
    /// A [`ValueCode`](super::ValueCode).
    pub code: u64,
}

/// What a value has to be.
#[derive(Debug)]
#[repr(C)]
pub struct Pattern {
    /// A [`PatternKind`].
    pub kind: u32,
    /// [`PatternKind::Lanes`]: bytes of each.
    pub lane_bytes: u32,
    /// [`PatternKind::Lanes`]: the bits of all lanes, the lowest first.
    pub bits: [u64; 2],
    /// [`PatternKind::Lanes`]: how each lane is compared, a [`LaneRule`].
    pub rules: [u8; 16],
    /// [`PatternKind::Either`]: the patterns, one of which has to fit.
    pub alternatives: Slice<Pattern>,
}

/// The kinds of [`Pattern`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum PatternKind {
    /// Lanes that are compared one by one; a scalar or a reference is one lane.
    Lanes = 0,
    /// Any reference but null.
    NonNull = 1,
    /// One of several patterns.
    Either = 2,
}

/// How a lane is compared (WebAssembly core specification, section 4.3.3, for the kinds of NaN).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum LaneRule {
    /// All bits are equal.
    Equal = 0,
    /// A canonical NaN: the highest bit of the payload and no other, any sign.
    CanonicalNan = 1,
    /// An arithmetic NaN: the highest bit of the payload, any others.
    ArithmeticNan = 2,
}
