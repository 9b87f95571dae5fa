//! Everything that touches the operating system or the processor.
//!
//! A platform is a folder (`linux`), an architecture is another (`x86_64`); each new one has files
//! of the same names with the same functions in them. The rest of the crate names only `sys::…`.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "linux")]
pub(crate) use linux::*;

#[cfg(target_arch = "x86_64")]
mod x86_64;
#[cfg(target_arch = "x86_64")]
pub(crate) use x86_64::*;
