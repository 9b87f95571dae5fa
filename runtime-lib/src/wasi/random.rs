//! Random bytes, from the kernel's generator for keys.

use super::{Guest, Result};
use crate::sys::random;

/// `random_get`
pub(crate) fn get(guest: Guest, buffer: u32, length: u32) -> Result {
    let place = guest.range(buffer, u64::from(length))?;
    // SAFETY: the range is inside the program's memory.
    unsafe { random::fill(place, length as usize) }
}
