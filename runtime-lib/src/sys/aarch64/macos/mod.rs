//! AArch64 on macOS: where a signal came from, the way to another stack, and what every such processor can do.

mod context;
mod has_feature;
mod stack;

pub(in crate::sys) use context::{go_on_with, registers};
pub(crate) use has_feature::has_feature;
pub(in crate::sys) use stack::call_on_stack;
