//! Address space: reserving, filling and moving pages.
//!
//! Lengths and addresses are multiples of [`PAGE`], except where said. No mapping asks for
//! `MAP_NORESERVE`: the kernel counts pages as they become writable, so growth that it cannot
//! back fails here and not later by killing the process.

use crate::abi::page;
use core::ffi::c_void;
use core::ptr::without_provenance_mut;
use rustix::mm::{MapFlags, MprotectFlags, MremapFlags, ProtFlags};

/// What the kernel's pages divide.
pub(crate) const PAGE: u64 = page::OWN;

/// `length` rounded up to whole pages; `None` when that is past the end of the address space.
pub(crate) fn whole_pages(length: u64) -> Option<u64> {
    length.checked_next_multiple_of(PAGE)
}

/// Address space that faults on every access, at `address`, or anywhere when it is 0.
pub(crate) fn reserve(address: usize, length: u64) -> Option<*mut u8> {
    map(address, length, ProtFlags::empty())
}

/// Zeroed memory at `address`, or anywhere when it is 0. Nothing else may be mapped there.
pub(crate) fn allocate(address: usize, length: u64) -> Option<*mut u8> {
    map(address, length, ProtFlags::READ | ProtFlags::WRITE)
}

fn map(address: usize, length: u64, protection: ProtFlags) -> Option<*mut u8> {
    let place = match address {
        0 => MapFlags::empty(),
        _ => MapFlags::FIXED_NOREPLACE,
    };
    // SAFETY: a fresh mapping: nothing that exists changes.
    let start = unsafe {
        rustix::mm::mmap_anonymous(
            without_provenance_mut(address),
            length as usize,
            protection,
            MapFlags::PRIVATE | place,
        )
    };
    let start: *mut u8 = start.ok()?.cast();
    if address != 0 && start.addr() != address {
        // A kernel before 4.17 takes the address as a wish.
        // SAFETY: nobody knows of this mapping yet.
        unsafe { release(start, length) };
        return None;
    }
    Some(start)
}

/// Makes pages readable and writable. Reserved ones are zero.
///
/// # Safety
/// The range lies inside a mapping of [`reserve`] or of [`move_pages`].
pub(crate) unsafe fn commit(start: *mut u8, length: u64) -> bool {
    // An empty memory asks for nothing, which QEMU's user mode takes for a mistake.
    // SAFETY: the caller vouches for the range.
    length == 0
        || unsafe { rustix::mm::mprotect(start.cast(), length as usize, MprotectFlags::READ | MprotectFlags::WRITE) }
            .is_ok()
}

/// Makes a mapping of [`allocate`] longer; it may move, and its new pages are zero.
///
/// # Safety
/// The range is all of one mapping, and nothing else refers to it.
pub(crate) unsafe fn lengthen(start: *mut u8, old_length: u64, new_length: u64) -> Option<*mut u8> {
    // SAFETY: the caller owns the mapping.
    let moved =
        unsafe { rustix::mm::mremap(start.cast(), old_length as usize, new_length as usize, MremapFlags::MAYMOVE) };
    Some(moved.ok()?.cast())
}

/// Moves pages of the executable to `target`, where they replace what is mapped. Once [`commit`]
/// has made them writable, the kernel copies each when it is first written to.
///
/// # Safety
/// Nothing refers to the pages at `source`, nor to what is at `target`.
pub(crate) unsafe fn move_pages(source: *const u8, length: u64, target: *mut u8) -> bool {
    let length = length as usize;
    let source: *mut c_void = source.cast_mut().cast();
    // SAFETY: the caller owns both ranges.
    unsafe { rustix::mm::mremap_fixed(source, length, length, MremapFlags::MAYMOVE, target.cast()) }.is_ok()
}

/// Gives pages back.
///
/// # Safety
/// The range was mapped here, and nothing refers to it.
pub(crate) unsafe fn release(start: *mut u8, length: u64) {
    // SAFETY: the caller owns the range. The call fails only for ranges that were never mapped.
    let _ = unsafe { rustix::mm::munmap(start.cast(), length as usize) };
}
