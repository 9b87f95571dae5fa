//! The clocks: real time, monotonic time, and the processor time of the process and the thread.

use super::{Errno, Guest, Result};
use crate::sys::clocks::{self, Clock};

/// The clock with this number.
fn clock(number: u32) -> Result<Clock> {
    match number {
        0 => Ok(Clock::Realtime),
        1 => Ok(Clock::Monotonic),
        2 => Ok(Clock::ProcessTime),
        3 => Ok(Clock::ThreadTime),
        _ => Err(Errno::Inval),
    }
}

/// `clock_res_get`
pub(crate) fn resolution(guest: Guest, number: u32, result: u32) -> Result {
    guest.write(result, clocks::resolution(clock(number)?))
}

/// `clock_time_get`. The clocks are as exact as they are fast, so no precision is too much to ask.
pub(crate) fn time(guest: Guest, number: u32, _precision: u64, result: u32) -> Result {
    guest.write(result, clocks::now(clock(number)?))
}
