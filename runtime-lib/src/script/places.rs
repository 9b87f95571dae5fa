//! What a script makes, by the numbers that its commands use, for all of its threads.

use crate::sys::mapping::{self, whole_pages};
use core::ptr::{NonNull, null_mut};
use core::slice;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A place for each number: empty before the thing is made, and when it could not be.
pub(super) struct Places<T: 'static>(&'static [AtomicPtr<T>]);

impl<T> Clone for Places<T> {
    fn clone(&self) -> Places<T> {
        *self
    }
}

impl<T> Copy for Places<T> {}

impl<T> Places<T> {
    /// Empty places for the numbers below `count`; `None` when there is no memory.
    pub(super) fn new(count: usize) -> Option<Places<T>> {
        let bytes = count.checked_mul(size_of::<AtomicPtr<T>>())? as u64;
        let start = mapping::allocate(0, whole_pages(bytes.max(1))?)?;
        // SAFETY: the mapping is that long and stays; zeroed memory is null pointers.
        Some(Places(unsafe { slice::from_raw_parts(start.cast(), count) }))
    }

    /// What has this number, if it has been made.
    pub(super) fn get(self, number: u32) -> Option<NonNull<T>> {
        NonNull::new(self.0.get(number as usize)?.load(Ordering::Acquire))
    }

    /// Gives `item` this number.
    pub(super) fn set(self, number: u32, item: Option<NonNull<T>>) {
        if let Some(place) = self.0.get(number as usize) {
            place.store(item.map_or(null_mut(), NonNull::as_ptr), Ordering::Release);
        }
    }

    /// Everything that has been made.
    pub(super) fn all(self) -> impl Iterator<Item = NonNull<T>> {
        self.0.iter().filter_map(|place| NonNull::new(place.load(Ordering::Acquire)))
    }
}
