//! A lock between the threads of a program.

use crate::sys::futex;
use core::sync::atomic::{AtomicU32, Ordering};

/// Nobody has the lock.
const FREE: u32 = 0;
/// A thread has it, and no other waits.
const HELD: u32 = 1;
/// A thread has it, and others may wait.
const WANTED: u32 = 2;

/// Lets one thread at a time do something. What is done must not trap: whoever goes on after a trap would hold
/// the lock for good.
pub(crate) struct Lock(AtomicU32);

impl Lock {
    /// A free lock.
    pub(crate) const fn new() -> Lock {
        Lock(AtomicU32::new(FREE))
    }

    /// Does `work` while no other thread does anything with this lock.
    pub(crate) fn hold<R>(&self, work: impl FnOnce() -> R) -> R {
        self.take();
        let result = work();
        if self.0.swap(FREE, Ordering::Release) == WANTED {
            futex::wake_one(&self.0);
        }
        result
    }

    fn take(&self) {
        if self.0.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_ok() {
            return;
        }
        while self.0.swap(WANTED, Ordering::Acquire) != FREE {
            futex::wait(&self.0, WANTED, None);
        }
    }
}
