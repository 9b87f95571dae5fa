//! The clocks.

use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU64, Ordering};
use windows_sys::Win32::Foundation::FILETIME;
use windows_sys::Win32::System::Performance::{QueryPerformanceCounter, QueryPerformanceFrequency};
use windows_sys::Win32::System::SystemInformation::GetSystemTimePreciseAsFileTime;
use windows_sys::Win32::System::Threading::{GetCurrentProcess, GetCurrentThread, GetProcessTimes, GetThreadTimes};

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

/// The unit of times in this system, in nanoseconds.
const TICK: u64 = 100;
/// Ticks from 1601, where they are counted from, to 1970.
const BEFORE_1970: u64 = 116_444_736_000_000_000;
const SECOND: u64 = 1_000_000_000;

/// The clock's time in nanoseconds.
pub(crate) fn now(clock: Clock) -> u64 {
    match clock {
        Clock::Realtime => {
            let mut time = MaybeUninit::uninit();
            // SAFETY: the system fills in the record.
            nanoseconds_of(ticks_of(unsafe {
                GetSystemTimePreciseAsFileTime(time.as_mut_ptr());
                time.assume_init()
            }))
        }
        Clock::Monotonic => {
            let mut count = 0;
            // SAFETY: the system fills in the number; it does not fail.
            unsafe { QueryPerformanceCounter(&mut count) };
            let (count, frequency) = (count as u64, frequency());
            (count / frequency) * SECOND + (count % frequency) * SECOND / frequency
        }
        Clock::ProcessTime => used(|times| {
            let [created, ended, system, user] = times;
            // SAFETY: the system fills in the records of this process.
            unsafe { GetProcessTimes(GetCurrentProcess(), created, ended, system, user) }
        }),
        Clock::ThreadTime => used(|times| {
            let [created, ended, system, user] = times;
            // SAFETY: the system fills in the records of this thread.
            unsafe { GetThreadTimes(GetCurrentThread(), created, ended, system, user) }
        }),
    }
}

/// The nanoseconds by which the clock moves on.
pub(crate) fn resolution(clock: Clock) -> u64 {
    match clock {
        Clock::Monotonic => (SECOND / frequency()).max(1),
        Clock::Realtime | Clock::ProcessTime | Clock::ThreadTime => TICK,
    }
}

/// Counts of the monotonic clock in a second: the same as long as the system runs.
fn frequency() -> u64 {
    static FREQUENCY: AtomicU64 = AtomicU64::new(0);
    let mut frequency = FREQUENCY.load(Ordering::Relaxed);
    if frequency == 0 {
        let mut number = 0;
        // SAFETY: the system fills in the number; it does not fail.
        unsafe { QueryPerformanceFrequency(&mut number) };
        frequency = (number as u64).max(1);
        FREQUENCY.store(frequency, Ordering::Relaxed);
    }
    frequency
}

/// Processor time, by the system and by the program itself.
fn used(ask: impl FnOnce([&mut FILETIME; 4]) -> i32) -> u64 {
    const ZERO: FILETIME = FILETIME { dwLowDateTime: 0, dwHighDateTime: 0 };
    let [mut created, mut ended, mut system, mut user] = [ZERO; 4];
    ask([&mut created, &mut ended, &mut system, &mut user]);
    (ticks_of(system) + ticks_of(user)) * TICK
}

fn ticks_of(time: FILETIME) -> u64 {
    u64::from(time.dwHighDateTime) << 32 | u64::from(time.dwLowDateTime)
}

/// Nanoseconds since 1970 for a time of the system's; a time before that has no number here.
pub(super) fn nanoseconds_of(ticks: u64) -> u64 {
    ticks.saturating_sub(BEFORE_1970).saturating_mul(TICK)
}

/// A time of the system's for nanoseconds since 1970.
pub(super) fn ticks_at(nanoseconds: u64) -> u64 {
    nanoseconds / TICK + BEFORE_1970
}
