//! Waiting until another thread changes a word of memory.

use core::num::NonZeroU32;
use core::sync::atomic::AtomicU32;

use rustix::io::Errno;
use rustix::thread::futex::{self, Flags, Timespec};

use super::clocks::{Clock, now};

/// When a thread stops waiting.
pub(crate) struct Deadline(Timespec);

impl Deadline {
    /// So many nanoseconds from now.
    pub(crate) fn after(nanoseconds: u64) -> Deadline {
        let end = now(Clock::Monotonic).saturating_add(nanoseconds);
        Deadline(Timespec { tv_sec: (end / 1_000_000_000) as i64, tv_nsec: (end % 1_000_000_000) as i64 })
    }
}

/// Sleeps if the word is `expected`, until somebody wakes the thread or, now and then, nobody does. Gives whether
/// there is time left.
pub(crate) fn wait(word: &AtomicU32, expected: u32, deadline: Option<&Deadline>) -> bool {
    // Any of its bits wakes the thread; a plain wait would take a time to pass instead of a deadline.
    let result = futex::wait_bitset(word, Flags::PRIVATE, expected, deadline.map(|end| &end.0), NonZeroU32::MAX);
    result != Err(Errno::TIMEDOUT)
}

/// Wakes one thread that waits for the word to change, if there is one.
pub(crate) fn wake_one(word: &AtomicU32) {
    // It fails only for an address that is no memory.
    let _ = futex::wake(word, Flags::PRIVATE, 1);
}
