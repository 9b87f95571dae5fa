//! Linux: raw system calls, no libc. What differs between processors is in their folders.

pub(crate) mod clocks;
pub(crate) mod directories;
mod errno;
pub(crate) mod files;
pub(crate) mod frames;
pub(crate) mod futex;
pub(crate) mod mapping;
pub(crate) mod output;
pub(crate) mod paths;
pub(crate) mod poll;
pub(crate) mod process;
pub(crate) mod random;
pub(crate) mod signals;
pub(crate) mod sockets;
pub(crate) mod thread;

/// System calls by their numbers, and how Linux starts a process and delivers a signal: both differ between processors.
use super::processor::linux::{calls, process as processor};
