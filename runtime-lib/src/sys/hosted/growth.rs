//! Longer mappings, where the system has no call for that.

use crate::sys::mapping::{allocate, release};

/// Makes a mapping of [`allocate`] longer; it may move, and its new pages are zero.
///
/// # Safety
/// The range is all of one mapping, or of several that were made longer, and nothing else refers to it.
pub(crate) unsafe fn lengthen(start: *mut u8, old_length: u64, new_length: u64) -> Option<*mut u8> {
    // Often nobody has the addresses behind it.
    if allocate(start.addr() + old_length as usize, new_length - old_length).is_some() {
        return Some(start);
    }
    let moved = allocate(0, new_length)?;
    // SAFETY: the caller owns the old range, and the new one is longer.
    unsafe {
        moved.copy_from_nonoverlapping(start, old_length as usize);
        release(start, old_length);
    }
    Some(moved)
}
