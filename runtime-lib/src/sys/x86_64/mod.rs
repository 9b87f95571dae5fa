//! x86-64: what a compiler for it has to be told in its own language.

mod copy;
mod copy_wide;
mod features;
mod fill;
mod fill_wide;
mod frame;
mod has_feature;
#[cfg(target_os = "linux")]
pub(in crate::sys) mod linux;
#[cfg(target_os = "macos")]
pub(in crate::sys) mod macos;
#[cfg(not(windows))]
mod recovery;
// The system's library has them on macOS.
#[cfg(target_os = "linux")]
mod symbols;
#[cfg(not(windows))]
pub(crate) mod trace;
#[cfg(windows)]
pub(in crate::sys) mod windows;

#[cfg(not(windows))]
pub(crate) use copy::wasmc_memory_copy;
#[cfg(not(windows))]
pub(crate) use fill::wasmc_memory_fill;
#[cfg(not(windows))]
pub(crate) use frame::frame_pointer;
pub(crate) use frame::frame_record;
pub(crate) use has_feature::has_feature;
#[cfg(not(windows))]
pub(crate) use recovery::{call_recoverable, recover};
#[cfg(windows)]
pub(crate) use windows::{
    recovery::{call_recoverable, recover},
    trace, wasmc_memory_copy, wasmc_memory_fill,
};
