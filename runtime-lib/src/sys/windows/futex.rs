//! Waiting until another thread changes a word of memory.

use super::clocks::{Clock, now};
use core::sync::atomic::AtomicU32;
use windows_sys::Win32::System::Threading::{INFINITE, WaitOnAddress, WakeByAddressSingle};

/// When a thread stops waiting, on the monotonic clock.
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
    let milliseconds = match deadline {
        None => INFINITE,
        Some(Deadline(end)) => match end.saturating_sub(now(Clock::Monotonic)) {
            0 => return false,
            left => left.div_ceil(1_000_000).min(u64::from(INFINITE - 1)) as u32,
        },
    };
    // SAFETY: both words have the size that is told. It also comes back when the time is over: whoever asks again learns
    // above whether it is.
    unsafe { WaitOnAddress(word.as_ptr().cast(), (&raw const expected).cast(), size_of::<u32>(), milliseconds) };
    true
}

/// Wakes one thread that waits for the word to change, if there is one.
pub(crate) fn wake_one(word: &AtomicU32) {
    // SAFETY: only the address counts.
    unsafe { WakeByAddressSingle(word.as_ptr().cast()) }
}
