//! Linux: raw system calls, no libc. What differs between processors is in their folders.

pub(crate) mod clocks;
pub(crate) mod directories;
pub(crate) mod files;
pub(crate) mod futex;
pub(crate) mod host_file;
pub(crate) mod mapping;
pub(crate) mod paths;
pub(crate) mod process;
pub(crate) mod random;
pub(crate) mod signals;
pub(crate) mod sockets;
pub(crate) mod thread;

pub(crate) use super::unix::{frames, output, poll};

/// System calls by their numbers, and how Linux starts a process and delivers a signal: both differ between processors.
use super::processor::linux::{calls, process as processor};
