//! Random bytes.

use core::slice;

use rustix::io::Errno as Linux;
use rustix::rand::{GetRandomFlags, getrandom};

use crate::wasi::Result;

/// Fills `length` bytes at `start`, waiting for the kernel's generator if the system just started.
///
/// # Safety
/// The bytes are the caller's to write.
pub(crate) unsafe fn fill(mut start: *mut u8, mut length: usize) -> Result {
    while length > 0 {
        // SAFETY: the caller's; the kernel fills them in pieces, and the loop moves on behind each.
        let rest = unsafe { slice::from_raw_parts_mut(start, length) };
        match getrandom(rest, GetRandomFlags::empty()) {
            Ok(filled) => {
                // SAFETY: not beyond the end, as the kernel fills no more than there is.
                start = unsafe { start.add(filled) };
                length -= filled;
            }
            Err(Linux::INTR) => {}
            Err(errno) => return Err(errno.into()),
        }
    }
    Ok(())
}
