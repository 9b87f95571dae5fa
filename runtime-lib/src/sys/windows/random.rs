//! Random bytes.

use crate::wasi::{Errno, Result};
use core::ptr::null_mut;
use windows_sys::Win32::Security::Cryptography::{BCRYPT_USE_SYSTEM_PREFERRED_RNG, BCryptGenRandom};

/// Fills `length` bytes at `start`.
///
/// # Safety
/// The bytes are the caller's to write.
pub(crate) unsafe fn fill(mut start: *mut u8, mut length: usize) -> Result {
    while length > 0 {
        let part = length.min(1 << 30);
        // SAFETY: the caller's; the loop moves on behind what is filled.
        let status = unsafe { BCryptGenRandom(null_mut(), start, part as u32, BCRYPT_USE_SYSTEM_PREFERRED_RNG) };
        if status < 0 {
            return Err(Errno::Io);
        }
        start = start.wrapping_add(part);
        length -= part;
    }
    Ok(())
}
