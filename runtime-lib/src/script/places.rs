//! The instances of a script by their numbers, for all of its threads.

use crate::abi::Instance;
use crate::sys::mapping::{self, whole_pages};
use core::ptr::{NonNull, null_mut};
use core::slice;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A place for each instance: null before it is made, and when it could not be.
#[derive(Clone, Copy)]
pub(super) struct Instances(&'static [AtomicPtr<Instance>]);

impl Instances {
    /// Places for `count` instances; `None` when there is no memory.
    pub(super) fn new(count: u64) -> Option<Instances> {
        let bytes = count.checked_mul(size_of::<AtomicPtr<Instance>>() as u64)?;
        let start = mapping::allocate(0, whole_pages(bytes.max(1))?)?;
        // SAFETY: the mapping is that long and stays; zeroed memory is null pointers.
        Some(Instances(unsafe { slice::from_raw_parts(start.cast(), count as usize) }))
    }

    /// The instance with this number, if it has been made.
    pub(super) fn get(self, number: u32) -> Option<NonNull<Instance>> {
        NonNull::new(self.0.get(number as usize)?.load(Ordering::Acquire))
    }

    /// Makes `instance` the one with this number.
    pub(super) fn set(self, number: u32, instance: Option<NonNull<Instance>>) {
        if let Some(place) = self.0.get(number as usize) {
            place.store(instance.map_or(null_mut(), NonNull::as_ptr), Ordering::Release);
        }
    }
}
