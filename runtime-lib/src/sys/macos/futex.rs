//! Waiting until another thread changes a word of memory.
//!
//! What the kernel has for this is private to `libSystem`, or younger than the systems that programs are for. So whoever waits
//! does so for a condition: one of a few, chosen by the address of the word. Those who wait for other words with the same one
//! are woken now and then by mistake, and look again.

use super::clocks::{Clock, now};
use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicU32, Ordering};
use libc::{
    ETIMEDOUT, PTHREAD_COND_INITIALIZER, PTHREAD_MUTEX_INITIALIZER, pthread_cond_broadcast, pthread_cond_t,
    pthread_cond_timedwait_relative_np, pthread_cond_wait, pthread_mutex_lock, pthread_mutex_t, pthread_mutex_unlock,
    timespec,
};

/// A condition, and the lock that belongs to it.
struct Place {
    lock: UnsafeCell<pthread_mutex_t>,
    condition: UnsafeCell<pthread_cond_t>,
}

// SAFETY: both are made to be used by many threads.
unsafe impl Sync for Place {}

const PLACES: usize = 32;

static TABLE: [Place; PLACES] = [const {
    Place { lock: UnsafeCell::new(PTHREAD_MUTEX_INITIALIZER), condition: UnsafeCell::new(PTHREAD_COND_INITIALIZER) }
}; PLACES];

impl Place {
    fn of(word: &AtomicU32) -> &'static Place {
        let number = core::ptr::from_ref(word).addr() / size_of::<AtomicU32>();
        // Words a page apart are those of different threads.
        &TABLE[(number ^ (number >> 10)) % PLACES]
    }

    /// Does `work` while nobody else has the lock.
    fn hold<R>(&self, work: impl FnOnce() -> R) -> R {
        // SAFETY: it is initialised, and stays; this thread gives it back.
        unsafe {
            pthread_mutex_lock(self.lock.get());
            let result = work();
            pthread_mutex_unlock(self.lock.get());
            result
        }
    }
}

/// When a thread stops waiting.
pub(crate) struct Deadline(u64);

impl Deadline {
    /// So many nanoseconds from now.
    pub(crate) fn after(nanoseconds: u64) -> Deadline {
        Deadline(now(Clock::Monotonic).saturating_add(nanoseconds))
    }
}

/// Sleeps if the word is `expected`, until somebody wakes the thread or, now and then, nobody does. Gives whether
/// there is time left.
pub(crate) fn wait(word: &AtomicU32, expected: u32, deadline: Option<&Deadline>) -> bool {
    let place = Place::of(word);
    let (condition, lock) = (place.condition.get(), place.lock.get());
    place.hold(|| {
        // Whoever changes the word does so before asking for the lock.
        if word.load(Ordering::SeqCst) != expected {
            return true;
        }
        let Some(deadline) = deadline else {
            // SAFETY: this thread has the lock.
            unsafe { pthread_cond_wait(condition, lock) };
            return true;
        };
        let left = deadline.0.saturating_sub(now(Clock::Monotonic));
        let left = timespec { tv_sec: (left / 1_000_000_000) as i64, tv_nsec: (left % 1_000_000_000) as i64 };
        // SAFETY: this thread has the lock.
        let result = unsafe { pthread_cond_timedwait_relative_np(condition, lock, &left) };
        result != ETIMEDOUT
    })
}

/// Wakes one thread that waits for the word to change, if there is one.
pub(crate) fn wake_one(word: &AtomicU32) {
    let place = Place::of(word);
    // Others may wait with it for other words: all of them look.
    // SAFETY: it is initialised, and stays.
    place.hold(|| unsafe { pthread_cond_broadcast(place.condition.get()) });
}
