//! What a script's executable does, before it is laid out as `wasmc_runtime::abi::script` describes.

use wasmc_runtime::abi::script::{CommandKind, LaneRule, Outcome, Value};
use wasmc_runtime::abi::{TrapCode, ValueCode};

/// All that the executable of a script needs besides its modules.
#[derive(Debug, Default)]
pub struct ScriptPlan {
    /// What the first thread does.
    pub commands: Vec<Command>,
    /// What the others do.
    pub threads: Vec<ThreadPlan>,
    /// How many instances the commands number.
    pub instances: u32,
    /// Bytes of the largest frame of a function.
    pub largest_frame: u32,
    /// The symbol of the module `spectest`.
    pub spectest: String,
}

impl ScriptPlan {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.commands.is_empty()
    }
}

/// A thread.
#[derive(Debug, Default)]
pub struct ThreadPlan {
    /// What it does.
    pub commands: Vec<Command>,
}

/// One thing to do; the fields are those of the record of this name.
#[derive(Debug)]
pub struct Command {
    /// Its place among all commands.
    pub number: u32,
    /// What it does.
    pub kind: CommandKind,
    /// The instance, or the thread.
    pub instance: u32,
    /// The kind of outcome that passes.
    pub outcome: Outcome,
    /// The traps that pass.
    pub traps: Vec<TrapCode>,
    /// The symbol of the module to instantiate.
    pub module: Option<String>,
    /// The instance that provides each of its imports.
    pub providers: Vec<u32>,
    /// The export.
    pub name: String,
    /// What to pass to it.
    pub arguments: Vec<Value>,
    /// The types of what comes back.
    pub results: Vec<ValueCode>,
    /// What has to come back.
    pub expected: Vec<Pattern>,
}

/// What a value has to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// Lanes of so many bytes, the lowest first, and how each is compared.
    Lanes {
        /// The type of the value.
        code: ValueCode,
        /// Bytes of a lane: 1, 2, 4 or 8.
        bytes: u32,
        /// Bits of all of them.
        bits: [u64; 2],
        /// For each.
        rules: Vec<LaneRule>,
    },
    /// A reference that is not null.
    NonNull,
    /// One of these.
    Either(Vec<Pattern>),
}
