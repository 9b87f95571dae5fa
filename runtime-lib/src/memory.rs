//! Linear memories: where they come from and what generated code asks of them.
//!
//! A memory is made in one of two ways. *Guarded*: the whole index space and everything an offset
//! can reach is reserved, and only the pages of the memory are accessible. *Explicit*: generated
//! code compares every address with the size, so pages behind the end may be accessible, and the
//! runtime maps some ahead, because programs grow page by page. One that is *shared* must not move
//! while other threads use it: its maximum is reserved, and it grows like a guarded one.

use crate::abi::{
    GUARD_RESERVATION, IMAGE_MAP_THRESHOLD, ImageExtent, LastIndices, MEMORY_FIXED, MEMORY_GUARDED, MEMORY_SHARED,
    Memory, MemoryPlan, TrapCode,
};
use crate::lock::Lock;
use crate::sys::mapping::{self, PAGE, whole_pages};
use crate::{sys, trap};
use core::ptr::{null_mut, without_provenance_mut};
use core::sync::atomic::{AtomicU64, Ordering};

/// What `memory.grow` gives when it fails.
const FAILED: u64 = u64::MAX;

/// Bytes mapped ahead at most.
const LARGEST_STEP: u64 = 64 << 20;
/// Bytes mapped ahead at least.
const SMALLEST_STEP: u64 = 1 << 20;

/// Why a memory could not be made.
pub(crate) enum Refusal {
    /// There is no address space for the guard region.
    Reservation,
    /// There is no address space for the maximum of a shared memory.
    Maximum,
    /// There is no memory for the minimum.
    Minimum,
}

/// What becomes of the initial contents that the executable holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Image {
    /// Nobody needs them again: their pages may move into the memory.
    Consumed,
    /// Further instances are made of the same module.
    Kept,
}

/// Makes the memory that `plan` describes, with its initial contents, and its record at `place`.
///
/// # Safety
/// The compiler wrote the plan, and left room for what the memory has; no image that was [`Image::Consumed`] is used again.
pub(crate) unsafe fn create(plan: &MemoryPlan, image: Image, place: *mut Memory) -> Result<(), Refusal> {
    let minimum = whole_pages(plan.minimum).ok_or(Refusal::Minimum)?;
    let memory = Memory {
        base: null_mut(),
        byte_length: AtomicU64::new(plan.minimum),
        maximum: plan.maximum,
        reserved: 0,
        page_size_log2: plan.page_size_log2,
        flags: plan.flags,
    };
    // SAFETY: the compiler left room for it, and chose what reserves it.
    let (is_reserved, memory) = unsafe {
        place.write(memory);
        ((plan.reserve)(plan, place), &*place)
    };
    if !is_reserved {
        return Err(match plan.flags {
            flags if flags & MEMORY_GUARDED != 0 => Refusal::Reservation,
            flags if flags & MEMORY_SHARED != 0 => Refusal::Maximum,
            _ => Refusal::Minimum,
        });
    }
    let is_accessible = plan.flags & (MEMORY_GUARDED | MEMORY_SHARED) == 0;
    // SAFETY: the start of the reservation.
    if minimum > memory.reserved || !is_accessible && !unsafe { mapping::commit(memory.base, minimum) } {
        return Err(Refusal::Minimum);
    }
    // SAFETY: the compiler wrote the image.
    for extent in unsafe { plan.image.get() } {
        // SAFETY: extents lie inside the minimum.
        if !unsafe { fill(extent, memory.base, image) } {
            return Err(Refusal::Minimum);
        }
    }
    Ok(())
}

/// The `ReserveMemory` of a guarded memory.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_reserve_guarded_memory(plan: *const MemoryPlan, memory: *mut Memory) -> bool {
    // SAFETY: both are the caller's.
    let (plan, memory) = unsafe { (&*plan, &mut *memory) };
    reserve(plan.fixed_base, GUARD_RESERVATION, memory)
}

/// The `ReserveMemory` of a shared memory.
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn wasmc_reserve_shared_memory(plan: *const MemoryPlan, memory: *mut Memory) -> bool {
    // SAFETY: both are the caller's.
    let (plan, memory) = unsafe { (&*plan, &mut *memory) };
    whole_pages(plan.maximum).is_some_and(|maximum| reserve(plan.fixed_base, maximum.max(PAGE), memory))
}

/// Address space that nothing may touch yet.
fn reserve(base: usize, length: u64, memory: &mut Memory) -> bool {
    let found = mapping::reserve(base, length);
    (memory.base, memory.reserved) = (found.unwrap_or(null_mut()), length);
    found.is_some()
}

/// The `ReserveMemory` of a memory that is neither.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_allocate_memory(plan: *const MemoryPlan, memory: *mut Memory) -> bool {
    // SAFETY: both are the caller's, and this kind of memory has the indices.
    let (plan, memory) = unsafe {
        keep_last_indices(memory, (*plan).minimum);
        (&*plan, &mut *memory)
    };
    let Some(minimum) = whole_pages(plan.minimum) else { return false };
    let allocated = allocate_ahead(minimum, plan.maximum, |length| match length {
        0 => Some(without_provenance_mut(plan.fixed_base)),
        _ => mapping::allocate(plan.fixed_base, length),
    });
    (memory.base, memory.reserved) = allocated.unwrap_or((null_mut(), 0));
    allocated.is_some()
}

/// Puts one extent where it belongs; gives whether there was memory for it.
unsafe fn fill(extent: &ImageExtent, base: *mut u8, image: Image) -> bool {
    // SAFETY: the compiler wrote the extent; it lies inside the memory that starts at `base`.
    unsafe {
        let target = base.add(extent.offset as usize);
        let length = extent.bytes.length;
        let is_mappable = image == Image::Consumed && length as u64 >= IMAGE_MAP_THRESHOLD;
        if is_mappable && mapping::move_pages(extent.bytes.start, length as u64, target) {
            return mapping::commit(target, length as u64);
        }
        target.copy_from_nonoverlapping(extent.bytes.start, length);
        true
    }
}

/// Asks `allocate` for `needed` bytes and some more, up to `maximum`; where that is too much, for
/// what is needed alone.
fn allocate_ahead(needed: u64, maximum: u64, allocate: impl Fn(u64) -> Option<*mut u8>) -> Option<(*mut u8, u64)> {
    let step = (needed / 2).clamp(SMALLEST_STEP, LARGEST_STEP);
    let most = whole_pages(maximum).unwrap_or(u64::MAX - PAGE + 1);
    let generous = needed.checked_add(step).and_then(whole_pages).unwrap_or(most).min(most).max(needed);
    [generous, needed].into_iter().find_map(|length| Some((allocate(length)?, length)))
}

/// `memory.grow`.
pub(crate) unsafe fn grow(record: *mut Memory, delta: u64) -> u64 {
    // SAFETY: generated code passes a memory of its instance; nobody else refers to it now.
    let memory = unsafe { &mut *record };
    let page_size_log2 = memory.page_size_log2;
    let old = *memory.byte_length.get_mut();
    let Some(length) = grown_length(memory, old, delta) else { return FAILED };
    if delta != 0 && !make_accessible(memory, old, length) {
        return FAILED;
    }
    *memory.byte_length.get_mut() = length;
    if memory.flags & MEMORY_GUARDED == 0 {
        // SAFETY: this kind of memory has the indices.
        unsafe { keep_last_indices(record, length) };
    }
    old >> page_size_log2
}

/// Puts down the last indices of a memory of `length` bytes, behind its record.
unsafe fn keep_last_indices(record: *mut Memory, length: u64) {
    // SAFETY: the caller knows that they are there.
    let indices = unsafe { &mut *record.add(1).cast::<LastIndices>() };
    let mut index = length as i64;
    for last in indices {
        index = index.wrapping_sub(1);
        *last = index;
    }
}

/// `memory.grow` of a shared memory: one growth after the other, so that none makes pages accessible that
/// are behind the end in the eyes of another.
pub(crate) unsafe fn grow_shared(memory: *const Memory, delta: u64) -> u64 {
    static GROWTH: Lock = Lock::new();
    // SAFETY: generated code passes a memory of its instance. Nothing of it changes but its length.
    let memory = unsafe { &*memory };
    GROWTH.hold(|| {
        let old = memory.byte_length.load(Ordering::SeqCst);
        match grown_length(memory, old, delta) {
            Some(length) if commit_more(memory, old, length) => {
                memory.byte_length.store(length, Ordering::SeqCst);
                old >> memory.page_size_log2
            }
            _ => FAILED,
        }
    })
}

/// The size in bytes after growing by `delta` pages, if the memory may have it.
fn grown_length(memory: &Memory, old: u64, delta: u64) -> Option<u64> {
    let bytes = delta.checked_mul(1 << memory.page_size_log2)?;
    let length = old.checked_add(bytes)?;
    (length <= memory.maximum).then_some(length)
}

/// Makes reserved pages accessible.
fn commit_more(memory: &Memory, old: u64, length: u64) -> bool {
    let (Some(old), Some(new)) = (whole_pages(old), whole_pages(length)) else { return false };
    // SAFETY: the range lies in the reservation, just behind the pages in use.
    new <= memory.reserved && unsafe { mapping::commit(memory.base.wrapping_add(old as usize), new - old) }
}

fn make_accessible(memory: &mut Memory, old: u64, length: u64) -> bool {
    if memory.flags & MEMORY_GUARDED != 0 {
        return commit_more(memory, old, length);
    }
    let Some(new) = whole_pages(length) else { return false };
    if new <= memory.reserved {
        return true;
    }
    let (base, reserved) = (memory.base, memory.reserved);
    let mapped = allocate_ahead(new, memory.maximum, |length| {
        if memory.flags & MEMORY_FIXED != 0 {
            let end = base.addr() + reserved as usize;
            return mapping::allocate(end, length - reserved).map(|_| base);
        }
        // SAFETY: generated code reads the base again after a call that grows.
        unsafe { move_to_longer(base, reserved, length) }
    });
    let Some((base, reserved)) = mapped else { return false };
    memory.base = base;
    memory.reserved = reserved;
    true
}

/// A mapping of `new_length` bytes with the contents of the one at `base`, which is gone.
unsafe fn move_to_longer(base: *mut u8, old_length: u64, new_length: u64) -> Option<*mut u8> {
    if old_length == 0 {
        return mapping::allocate(0, new_length);
    }
    // SAFETY: the memory is the only one who refers to the mapping.
    unsafe {
        if let Some(moved) = mapping::lengthen(base, old_length, new_length) {
            return Some(moved);
        }
        // Pages of the image are mappings of their own, and the kernel lengthens only one.
        let moved = mapping::allocate(0, new_length)?;
        moved.copy_from_nonoverlapping(base, old_length as usize);
        mapping::release(base, old_length);
        Some(moved)
    }
}

/// `memory.init`.
pub(crate) unsafe fn init(
    memory: *const Memory,
    segment: *const u8,
    segment_length: u64,
    target: u64,
    source: u64,
    length: u64,
) {
    // SAFETY: generated code passes a memory and a segment; both ranges are checked.
    unsafe {
        let target = range(&*memory, target, length);
        if !fits(source, length, segment_length) {
            trap::raise(TrapCode::MemoryOutOfBounds);
        }
        sys::wasmc_memory_copy(target, segment.wrapping_add(source as usize), length as usize);
    }
}

/// The address of a range, or a trap.
#[inline(always)]
fn range(memory: &Memory, start: u64, length: u64) -> *mut u8 {
    if !fits(start, length, current_length(memory)) {
        trap::raise(TrapCode::MemoryOutOfBounds);
    }
    memory.base.wrapping_add(start as usize)
}

/// The size in bytes. Memories never shrink, so that what is in bounds stays so.
#[inline(always)]
pub(crate) fn current_length(memory: &Memory) -> u64 {
    memory.byte_length.load(Ordering::Acquire)
}

/// Whether `length` from `start` on is inside `size`.
#[inline(always)]
pub(crate) fn fits(start: u64, length: u64, size: u64) -> bool {
    start.checked_add(length).is_some_and(|end| end <= size)
}
