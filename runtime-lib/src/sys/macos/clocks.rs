//! The clocks. `libSystem` reads them without a system call.

use libc::{
    CLOCK_PROCESS_CPUTIME_ID, CLOCK_REALTIME, CLOCK_THREAD_CPUTIME_ID, CLOCK_UPTIME_RAW, clock_getres, clock_gettime,
    clockid_t, timespec,
};

/// A clock.
#[derive(Clone, Copy)]
pub(crate) enum Clock {
    /// Time since 1970, which may be set.
    Realtime,
    /// Time that only goes forward.
    Monotonic,
    /// Processor time of the process.
    ProcessTime,
    /// Processor time of the thread.
    ThreadTime,
}

impl Clock {
    fn number(self) -> clockid_t {
        match self {
            Clock::Realtime => CLOCK_REALTIME,
            // `CLOCK_MONOTONIC` counts in microseconds.
            Clock::Monotonic => CLOCK_UPTIME_RAW,
            Clock::ProcessTime => CLOCK_PROCESS_CPUTIME_ID,
            Clock::ThreadTime => CLOCK_THREAD_CPUTIME_ID,
        }
    }
}

/// The clock's time in nanoseconds.
pub(crate) fn now(clock: Clock) -> u64 {
    ask(clock, clock_gettime)
}

/// The nanoseconds by which the clock moves on.
pub(crate) fn resolution(clock: Clock) -> u64 {
    ask(clock, clock_getres)
}

fn ask(clock: Clock, function: unsafe extern "C" fn(clockid_t, *mut timespec) -> i32) -> u64 {
    let mut time = timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: one of two functions that write to `time` alone. They do not fail for the clocks above.
    unsafe { function(clock.number(), &mut time) };
    (time.tv_sec as u64).wrapping_mul(1_000_000_000).wrapping_add(time.tv_nsec as u64)
}
