//! What generated code asks of shared memories beyond single accesses: waiting and notifying (threads proposal).
//!
//! The checks come in the order of the reference interpreter: alignment, shared, bounds.

use crate::abi::{MEMORY_SHARED, Memory, TrapCode};
use crate::memory::{current_length, fits};
use crate::sys::futex::Deadline;
use crate::trap;
use crate::waiters::{self, Outcome};
use core::ptr::from_ref;
use core::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// `memory.atomic.wait32`.
pub(crate) unsafe fn wait32(memory: *const Memory, index: u64, offset: u64, expected: u32, timeout: i64) -> u32 {
    // SAFETY: generated code passes a memory of its instance; the word is checked to lie in it.
    unsafe {
        let word: &AtomicU32 = &*place(&*memory, index, offset, true);
        wait(from_ref(word).addr(), || word.load(Ordering::SeqCst) == expected, timeout)
    }
}

/// `memory.atomic.wait64`.
pub(crate) unsafe fn wait64(memory: *const Memory, index: u64, offset: u64, expected: u64, timeout: i64) -> u32 {
    // SAFETY: generated code passes a memory of its instance; the word is checked to lie in it.
    unsafe {
        let word: &AtomicU64 = &*place(&*memory, index, offset, true);
        wait(from_ref(word).addr(), || word.load(Ordering::SeqCst) == expected, timeout)
    }
}

fn wait(address: usize, is_equal: impl FnOnce() -> bool, timeout: i64) -> u32 {
    let outcome: Outcome = waiters::wait(address, is_equal, u64::try_from(timeout).ok().map(Deadline::after));
    outcome as u32
}

/// `memory.atomic.notify`. Nobody waits on a memory that is not shared.
pub(crate) unsafe fn notify(memory: *const Memory, index: u64, offset: u64, count: u32) -> u32 {
    // SAFETY: generated code passes a memory of its instance.
    let word: *const AtomicU32 = place(unsafe { &*memory }, index, offset, false);
    waiters::notify(word.addr(), count)
}

/// The address of a word of type `T`, or a trap.
fn place<T>(memory: &Memory, index: u64, offset: u64, must_be_shared: bool) -> *const T {
    let size = size_of::<T>() as u64;
    if !index.wrapping_add(offset).is_multiple_of(size) {
        trap::raise(TrapCode::UnalignedAtomic);
    }
    if must_be_shared && memory.flags & MEMORY_SHARED == 0 {
        trap::raise(TrapCode::ExpectedSharedMemory);
    }
    match index.checked_add(offset) {
        Some(start) if fits(start, size, current_length(memory)) => {
            memory.base.wrapping_add(start as usize).cast_const().cast()
        }
        _ => trap::raise(TrapCode::MemoryOutOfBounds),
    }
}
