//! A shared memory, with the helpers that generated code calls as its methods.

use crate::abi::{MEMORY_SHARED, Memory, MemoryPlan, PAGE_SIZE, Slice};
use crate::{atomic, memory};
use std::ptr::null;
use std::sync::atomic::{AtomicU32, AtomicU64};

/// A memory of pages of 64 KiB, which stays until the process ends.
pub struct SharedMemory(&'static Memory);

// SAFETY: that several threads use it is what a shared memory is for.
unsafe impl Sync for SharedMemory {}

impl SharedMemory {
    pub fn new(minimum: u64, maximum: u64) -> SharedMemory {
        let plan = MemoryPlan {
            instance_offset: 0,
            flags: MEMORY_SHARED,
            page_size_log2: PAGE_SIZE.trailing_zeros(),
            padding: 0,
            reserve: memory::wasmc_reserve_shared_memory,
            fixed_base: 0,
            minimum: minimum * PAGE_SIZE,
            maximum: maximum * PAGE_SIZE,
            image: Slice { start: null(), length: 0 },
        };
        let place = Box::leak(Box::<Memory>::new_uninit());
        // SAFETY: the plan has no image.
        let Ok(()) = (unsafe { memory::create(&plan, memory::Image::Consumed, place.as_mut_ptr()) }) else {
            panic!("no memory for {maximum} pages")
        };
        // SAFETY: made just now.
        SharedMemory(unsafe { place.assume_init_ref() })
    }

    pub fn grow(&self, delta: u64) -> u64 {
        // SAFETY: a shared memory.
        unsafe { memory::grow_shared(self.0, delta) }
    }

    pub fn wait32(&self, index: u64, expected: u32, timeout: i64) -> u32 {
        // SAFETY: a shared memory.
        unsafe { atomic::wait32(self.0, index, 0, expected, timeout) }
    }

    pub fn wait64(&self, index: u64, expected: u64, timeout: i64) -> u32 {
        // SAFETY: a shared memory.
        unsafe { atomic::wait64(self.0, index, 0, expected, timeout) }
    }

    pub fn notify(&self, index: u64, count: u32) -> u32 {
        // SAFETY: a shared memory.
        unsafe { atomic::notify(self.0, index, 0, count) }
    }

    pub fn word32(&self, index: u64) -> &AtomicU32 {
        // SAFETY: the tests name aligned indices within the first page.
        unsafe { &*self.0.base.add(index as usize).cast() }
    }

    pub fn word64(&self, index: u64) -> &AtomicU64 {
        // SAFETY: as above.
        unsafe { &*self.0.base.add(index as usize).cast() }
    }

    /// Writes the first byte of a page, which has to be there.
    pub fn touch(&self, page: u64) {
        // SAFETY: a page that growth has given.
        unsafe { self.0.base.add((page * PAGE_SIZE) as usize).write(1) }
    }
}
