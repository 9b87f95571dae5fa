//! The program's memory as a call sees it. Each address and length the program passes is hostile:
//! it is compared with the memory's size, in 64 bits, before anything is touched.

use core::ptr::NonNull;

use super::errno::{Errno, Result};
use super::layout::Record;
use crate::abi::Instance;
use crate::memory::current_length;

/// The memory that a call's addresses mean.
#[derive(Clone, Copy)]
pub(crate) struct Guest {
    base: NonNull<u8>,
    length: u64,
}

impl Guest {
    /// The memory of `instance`; without one, every address is outside.
    ///
    /// # Safety
    /// `instance` is an instance whose memory stays where it is until the call returns.
    #[inline]
    pub(crate) unsafe fn of(instance: *const Instance) -> Guest {
        // SAFETY: the caller vouches for the instance, and it for its memory.
        unsafe {
            match (*instance).wasi_memory.as_ref() {
                Some(memory) => Guest {
                    base: NonNull::new(memory.base).unwrap_or(NonNull::dangling()),
                    length: current_length(memory),
                },
                None => Guest { base: NonNull::dangling(), length: 0 },
            }
        }
    }

    /// The host's address of `length` bytes at `address`, all of them inside the memory.
    pub(super) fn range(self, address: u32, length: u64) -> Result<*mut u8> {
        let address = u64::from(address);
        if length > self.length || address > self.length - length {
            return Err(Errno::Fault);
        }
        // SAFETY: not beyond the end of the memory.
        Ok(unsafe { self.base.as_ptr().add(address as usize) })
    }

    /// Puts a record at `address`.
    pub(super) fn write<T: Record>(self, address: u32, record: T) -> Result {
        self.place(address)?.set(record);
        Ok(())
    }

    /// The place of a result, checked before the call does anything that cannot be undone.
    pub(super) fn place<T: Record>(self, address: u32) -> Result<Place<T>> {
        let place = self.range(address, size_of::<T>() as u64)?;
        Ok(Place(place.cast()))
    }

    /// Copies `bytes` to `address`.
    pub(super) fn copy(self, address: u32, bytes: &[u8]) -> Result {
        let target = self.range(address, bytes.len() as u64)?;
        // SAFETY: the range is inside the memory; what the host owns is never part of it.
        unsafe { target.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len()) };
        Ok(())
    }
}

/// Where a record of type `T` goes in the program's memory.
pub(super) struct Place<T>(*mut T);

impl<T: Record> Place<T> {
    /// Puts the record there.
    pub(super) fn set(self, record: T) {
        // SAFETY: `Guest::place` found it inside the memory, which does not change during a call.
        unsafe { self.0.write_unaligned(record) }
    }
}
