//! What the runtime's files use of the operating system.

#[path = "../../runtime-lib/src/sys/linux/futex.rs"]
pub(crate) mod futex;
#[path = "../../runtime-lib/src/sys/linux/mapping.rs"]
pub(crate) mod mapping;

/// The runtime reads clocks without a libc.
pub(crate) mod clocks {
    use rustix::time::{ClockId, clock_gettime};

    pub(crate) enum Clock {
        Monotonic,
    }

    pub(crate) fn now(clock: Clock) -> u64 {
        let Clock::Monotonic = clock;
        let time = clock_gettime(ClockId::Monotonic);
        time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
    }
}

/// Copies between ranges that may overlap.
///
/// # Safety
/// Both ranges are memory.
pub(crate) unsafe fn wasmc_memory_copy(target: *mut u8, source: *const u8, length: usize) {
    // SAFETY: the caller vouches for the ranges.
    unsafe { core::ptr::copy(source, target, length) }
}
