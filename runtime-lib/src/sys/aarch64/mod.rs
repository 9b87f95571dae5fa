//! AArch64: what a compiler for it has to be told in its own language.

mod copy;
mod fill;
mod frame;
#[cfg(target_os = "linux")]
mod has_feature;
#[cfg(target_os = "linux")]
pub(in crate::sys) mod linux;
#[cfg(target_os = "macos")]
pub(in crate::sys) mod macos;
mod recovery;
// The system's library has them on macOS.
#[cfg(not(target_os = "macos"))]
mod symbols;
pub(crate) mod trace;
#[cfg(windows)]
pub(in crate::sys) mod windows;

pub(crate) use copy::wasmc_memory_copy;
pub(crate) use fill::wasmc_memory_fill;
pub(crate) use frame::{frame_pointer, frame_record};
#[cfg(target_os = "linux")]
pub(crate) use has_feature::has_feature;
#[cfg(target_os = "macos")]
pub(crate) use macos::has_feature;
pub(crate) use recovery::{call_recoverable, recover};
#[cfg(windows)]
pub(crate) use windows::has_feature;
