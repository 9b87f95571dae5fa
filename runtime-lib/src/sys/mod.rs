//! Everything that touches the operating system or the processor.
//!
//! A platform is a folder (`linux`), an architecture is another (`x86_64`), with one in it for each platform that it differs
//! on; each new one has files of the same names with the same functions in them. The rest of the crate names only `sys::…`.

#[cfg(not(target_os = "linux"))]
mod hosted;
pub(crate) mod stack;

#[cfg(unix)]
mod unix;

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::*;

#[cfg(target_os = "macos")]
mod macos;
#[cfg(target_os = "macos")]
pub(crate) use macos::*;

#[cfg(windows)]
mod windows;
#[cfg(windows)]
pub(crate) use windows::*;

#[cfg(target_arch = "x86_64")]
#[path = "x86_64/mod.rs"]
mod processor;
#[cfg(target_arch = "aarch64")]
#[path = "aarch64/mod.rs"]
mod processor;
#[cfg(target_arch = "riscv64")]
#[path = "riscv64/mod.rs"]
mod processor;
pub(crate) use processor::*;
