//! Linux: raw system calls, no libc.

pub(crate) mod clocks;
pub(crate) mod directories;
mod errno;
pub(crate) mod files;
pub(crate) mod futex;
pub(crate) mod mapping;
pub(crate) mod output;
pub(crate) mod paths;
pub(crate) mod poll;
pub(crate) mod process;
pub(crate) mod random;
pub(crate) mod signals;
pub(crate) mod sockets;
pub(crate) mod stack;
pub(crate) mod thread;

/// System calls by their numbers, which differ between processors.
#[cfg(target_arch = "x86_64")]
#[path = "calls_x86_64.rs"]
mod calls;

/// What differs between processors in how Linux starts a process and delivers a signal.
#[cfg(target_arch = "x86_64")]
#[path = "x86_64.rs"]
mod processor;
