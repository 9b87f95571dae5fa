//! AArch64 on Windows: where an exception came from, the way to another stack, and what the system says of the processor.

mod exception;
mod has_feature;
mod probe;
mod stack;

pub(in crate::sys) use exception::{go_on_with, registers};
pub(crate) use has_feature::has_feature;
pub(in crate::sys) use stack::call_on_stack;
