//! Address space: reserving and filling pages.
//!
//! Lengths and addresses are multiples of [`PAGE`], except where said. The system promises more memory than it has: growth
//! that it cannot back is found out when it is used.

pub(crate) use crate::sys::hosted::growth::lengthen;

use crate::abi::page;
use core::ffi::c_int;
use core::ptr::without_provenance_mut;
use libc::{MAP_ANON, MAP_FAILED, MAP_PRIVATE, PROT_NONE, PROT_READ, PROT_WRITE, mmap, mprotect, munmap};

/// What the kernel's pages divide.
pub(crate) const PAGE: u64 = page::OWN;

/// `length` rounded up to whole pages; `None` when that is past the end of the address space.
pub(crate) fn whole_pages(length: u64) -> Option<u64> {
    length.checked_next_multiple_of(PAGE)
}

/// Address space that faults on every access, at `address`, or anywhere when it is 0.
pub(crate) fn reserve(address: usize, length: u64) -> Option<*mut u8> {
    map(address, length, PROT_NONE)
}

/// Zeroed memory at `address`, or anywhere when it is 0. Nothing else may be mapped there.
pub(crate) fn allocate(address: usize, length: u64) -> Option<*mut u8> {
    map(address, length, PROT_READ | PROT_WRITE)
}

fn map(address: usize, length: u64, protection: c_int) -> Option<*mut u8> {
    let wish = without_provenance_mut(address);
    // SAFETY: a fresh mapping: nothing that exists changes.
    let start = unsafe { mmap(wish, length as usize, protection, MAP_PRIVATE | MAP_ANON, -1, 0) };
    if start == MAP_FAILED {
        return None;
    }
    // The kernel takes the address as a wish.
    if address != 0 && start != wish {
        // SAFETY: nobody knows of this mapping yet.
        unsafe { release(start.cast(), length) };
        return None;
    }
    Some(start.cast())
}

/// Makes pages readable and writable. Reserved ones are zero.
///
/// # Safety
/// The range lies inside a mapping of [`reserve`].
pub(crate) unsafe fn commit(start: *mut u8, length: u64) -> bool {
    // SAFETY: the caller vouches for the range.
    length == 0 || unsafe { mprotect(start.cast(), length as usize, PROT_READ | PROT_WRITE) } == 0
}

/// Moving pages of the executable is nothing that macOS does: they have to be copied.
///
/// # Safety
/// Nothing is asked for.
pub(crate) unsafe fn move_pages(_source: *const u8, _length: u64, _target: *mut u8) -> bool {
    false
}

/// Gives pages back.
///
/// # Safety
/// The range was mapped here, and nothing refers to it.
pub(crate) unsafe fn release(start: *mut u8, length: u64) {
    // SAFETY: the caller owns the range. The call fails only for ranges that were never mapped.
    unsafe { munmap(start.cast(), length as usize) };
}
