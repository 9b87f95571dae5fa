//! The arguments of the command line, the program's name first, byte for byte.

use core::ffi::CStr;

use super::{Guest, Result, lists};
use crate::sys::process;

fn each(visit: &mut dyn FnMut(&[u8]) -> Result) -> Result {
    for &argument in process::arguments() {
        // SAFETY: the kernel ends each argument with a NUL.
        visit(unsafe { CStr::from_ptr(argument) }.to_bytes())?;
    }
    Ok(())
}

/// `args_get`
pub(crate) fn get(guest: Guest, argv: u32, buffer: u32) -> Result {
    lists::get(guest, each, argv, buffer)
}

/// `args_sizes_get`
pub(crate) fn sizes(guest: Guest, count: u32, size: u32) -> Result {
    lists::sizes(guest, each, count, size)
}
