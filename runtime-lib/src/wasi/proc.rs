//! The process: its end, signals, and its place among others.

use super::{Errno, Guest, Result};
use crate::sys::process;

/// `proc_exit`. The host keeps the low eight bits of the status.
pub(crate) fn exit(_: Guest, status: u32) {
    process::exit((status & 0xff) as i32)
}

/// `proc_raise`: a program in a sandbox has nobody to signal.
pub(crate) fn raise(_: Guest, _signal: u32) -> Result {
    Err(Errno::Notsup)
}

/// `sched_yield`
pub(crate) fn sched_yield(_: Guest) -> Result {
    crate::sys::thread::give_way();
    Ok(())
}
