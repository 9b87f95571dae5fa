//! x86-64 on Windows, which passes arguments in other registers than everybody else, and keeps others.

mod bulk;
mod exception;
mod probe;
pub(crate) mod recovery;
mod stack;
mod symbols;
pub(crate) mod trace;

pub(crate) use bulk::{wasmc_memory_copy, wasmc_memory_fill};
pub(in crate::sys) use exception::{go_on_with, registers};
pub(in crate::sys) use stack::call_on_stack;
