//! x86-64 on macOS: where a signal came from, and the way to another stack.

mod context;
mod stack;

pub(in crate::sys) use context::{go_on_with, registers};
pub(in crate::sys) use stack::call_on_stack;
