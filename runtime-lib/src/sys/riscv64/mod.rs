//! RISC-V, 64-bit: what a compiler for it has to be told in its own language.

mod copy;
mod fill;
mod frame;
mod has_feature;
#[cfg(target_os = "linux")]
pub(in crate::sys) mod linux;
mod recovery;
mod symbols;
pub(crate) mod trace;

pub(crate) use copy::wasmc_memory_copy;
pub(crate) use fill::wasmc_memory_fill;
pub(crate) use frame::{frame_pointer, frame_record};
pub(crate) use has_feature::has_feature;
pub(crate) use recovery::{call_recoverable, recover};
