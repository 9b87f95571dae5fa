//! Windows: `ntdll` and `kernel32`, and no C library. What differs between processors is in their folders.

pub(crate) mod clocks;
mod console;
pub(crate) mod directories;
mod entries;
mod errno;
pub(crate) mod files;
pub(crate) mod frames;
pub(crate) mod futex;
pub(crate) mod host_file;
mod links;
pub(crate) mod mapping;
mod name;
mod nt;
pub(crate) mod output;
pub(crate) mod paths;
pub(crate) mod poll;
pub(crate) mod process;
pub(crate) mod random;
mod reparse;
pub(crate) mod signals;
pub(crate) mod sockets;
mod text;
pub(crate) mod thread;

/// How a fault is told and left, and the switch to another stack: both differ between processors.
use super::processor::windows as processor;
