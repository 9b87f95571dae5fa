//! Address space: reserving and filling pages.
//!
//! Lengths and addresses are multiples of [`PAGE`], except where said: the system hands out addresses in such steps, though
//! its pages are smaller. Pages count against the system's memory as they become writable, so growth that it cannot back
//! fails here.

pub(crate) use crate::sys::hosted::growth::lengthen;

use crate::abi::page;
use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ptr::{null, without_provenance};
use windows_sys::Win32::System::Memory::{
    MEM_COMMIT, MEM_RELEASE, MEM_RESERVE, MEMORY_BASIC_INFORMATION, PAGE_NOACCESS, PAGE_READWRITE, VirtualAlloc,
    VirtualFree, VirtualQuery,
};

/// What addresses are handed out in multiples of.
pub(crate) const PAGE: u64 = page::OWN;

/// `length` rounded up to whole pages; `None` when that is past the end of the address space.
pub(crate) fn whole_pages(length: u64) -> Option<u64> {
    length.checked_next_multiple_of(PAGE)
}

/// Address space that faults on every access, at `address`, or anywhere when it is 0.
pub(crate) fn reserve(address: usize, length: u64) -> Option<*mut u8> {
    map(address, length, MEM_RESERVE, PAGE_NOACCESS)
}

/// Zeroed memory at `address`, or anywhere when it is 0. Nothing else may be mapped there.
pub(crate) fn allocate(address: usize, length: u64) -> Option<*mut u8> {
    map(address, length, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE)
}

fn map(address: usize, length: u64, kind: u32, protection: u32) -> Option<*mut u8> {
    let address: *const c_void = if address == 0 { null() } else { without_provenance(address) };
    // SAFETY: a fresh mapping: the system refuses what meets another one.
    let start = unsafe { VirtualAlloc(address, length as usize, kind, protection) };
    (!start.is_null()).then_some(start.cast())
}

/// Makes pages readable and writable. Reserved ones are zero.
///
/// # Safety
/// The range lies inside a mapping of [`reserve`].
pub(crate) unsafe fn commit(start: *mut u8, length: u64) -> bool {
    // SAFETY: the caller vouches for the range.
    length == 0
        || !unsafe { VirtualAlloc(start.cast_const().cast(), length as usize, MEM_COMMIT, PAGE_READWRITE) }.is_null()
}

/// Moving pages of the executable is nothing that Windows does: they have to be copied.
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
    let end = start.addr() + length as usize;
    let mut at = start;
    while at.addr() < end {
        let mut information = MaybeUninit::<MEMORY_BASIC_INFORMATION>::uninit();
        // SAFETY: the record has that size; a mapping begins at `at`, all pages of which are alike.
        unsafe {
            let size = size_of::<MEMORY_BASIC_INFORMATION>();
            if VirtualQuery(at.cast_const().cast(), information.as_mut_ptr(), size) == 0
                || VirtualFree(at.cast(), 0, MEM_RELEASE) == 0
            {
                return;
            }
            at = at.wrapping_add(information.assume_init().RegionSize);
        }
    }
}
