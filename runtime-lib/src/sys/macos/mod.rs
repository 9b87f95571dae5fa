//! macOS: `libSystem`, which is all that there is a promise for; no system call has a number that stays. What differs between
//! processors is in their folders.

pub(crate) mod clocks;
pub(crate) mod directories;
pub(crate) mod files;
pub(crate) mod futex;
pub(crate) mod host_file;
pub(crate) mod mapping;
mod name;
pub(crate) mod paths;
pub(crate) mod process;
pub(crate) mod random;
pub(crate) mod signals;
pub(crate) mod sockets;
pub(crate) mod thread;

pub(crate) use super::unix::{frames, output, poll};

/// Where a signal came from and where its thread goes on, and the switch to another stack: both differ between processors.
use super::processor::macos as processor;

use rustix::io::{Errno, Result};

/// What a function of `libSystem` gave: -1 says that the error has a number.
fn checked<T: PartialEq + From<i8>>(result: T) -> Result<T> {
    if result != T::from(-1) {
        return Ok(result);
    }
    // SAFETY: each thread has its own, and the function has just set it.
    Err(Errno::from_raw_os_error(unsafe { *libc::__error() }))
}
