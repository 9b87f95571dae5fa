//! Random bytes.

use crate::wasi::Result;

/// Fills `length` bytes at `start`.
///
/// # Safety
/// The bytes are the caller's to write.
pub(crate) unsafe fn fill(start: *mut u8, length: usize) -> Result {
    // SAFETY: the caller's bytes. It does not fail.
    unsafe { libc::arc4random_buf(start.cast(), length) };
    Ok(())
}
