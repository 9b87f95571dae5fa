//! Waiting for files.
//!
//! The system waits for many kinds of things at once, but for pipes and sockets in ways of their own. So what is watched is
//! looked at again and again, at longer and longer intervals; where there is nothing but sockets, or nothing at all, the
//! system does the waiting.

use super::clocks::{Clock, now};
use super::files::{Handle, is_pipe, pipe_holds, socket_calls};
use crate::wasi::Result;
use core::ptr::null;
use windows_sys::Win32::Foundation::{CloseHandle, INVALID_HANDLE_VALUE, WAIT_OBJECT_0};
use windows_sys::Win32::System::Threading::{
    CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, CreateWaitableTimerExW, INFINITE, SetWaitableTimer, Sleep, TIMER_ALL_ACCESS,
    WaitForSingleObject,
};

/// A file to wait for, and what was found.
pub(crate) struct Watch {
    pub(super) handle: Handle,
    pub(super) write: bool,
    pub(super) ready: bool,
    pub(super) hung_up: bool,
    invalid: bool,
}

impl Watch {
    /// Waits until the file can be written, or else read.
    pub(crate) fn new(handle: Handle, write: bool) -> Watch {
        Watch { handle, write, ready: false, hung_up: false, invalid: false }
    }

    /// Something happened, if only an error that the next read or write will tell.
    pub(crate) fn ready(&self) -> bool {
        self.ready
    }

    /// Nobody is on the other side any more.
    pub(crate) fn hung_up(&self) -> bool {
        self.hung_up
    }

    /// The host has no such file.
    pub(crate) fn invalid(&self) -> bool {
        self.invalid
    }

    fn is_socket(&self) -> bool {
        self.handle.socket().is_some()
    }

    /// Looks at a file that is no socket.
    fn look(&mut self) {
        let file = self.handle.get();
        if file.is_null() || file == INVALID_HANDLE_VALUE {
            (self.ready, self.invalid) = (true, true);
        } else if self.write {
            self.ready = true;
        } else if is_pipe(file) {
            match pipe_holds(file) {
                Some(bytes) => self.ready = bytes > 0,
                None => (self.ready, self.hung_up) = (true, true),
            }
        } else if super::files::is_terminal(self.handle) {
            // SAFETY: nothing is changed. A console is signalled while there is input.
            self.ready = unsafe { WaitForSingleObject(file, 0) } == WAIT_OBJECT_0;
        } else {
            self.ready = true;
        }
    }
}

/// Milliseconds between two looks at most.
const LONGEST_PAUSE: u32 = 16;

/// Waits until one of the files is ready, or for as many nanoseconds, and gives how many are.
pub(crate) fn wait(watches: &mut [Watch], timeout: Option<u64>) -> Result<usize> {
    let end = timeout.map(|timeout| now(Clock::Monotonic).saturating_add(timeout));
    let has_others = watches.iter().any(|watch| !watch.is_socket());
    let has_sockets = watches.iter().any(Watch::is_socket);
    let mut pause = 1;
    loop {
        watches.iter_mut().filter(|watch| !watch.is_socket()).for_each(Watch::look);
        let mut ready = watches.iter().filter(|watch| watch.ready).count();
        let left = end.map(|end| end.saturating_sub(now(Clock::Monotonic)));
        let mut milliseconds =
            left.map_or(INFINITE, |left| left.div_ceil(1_000_000).min(u64::from(INFINITE - 1)) as u32);
        if has_others {
            milliseconds = milliseconds.min(pause);
        }
        if ready > 0 {
            milliseconds = 0;
        }
        if let Some(calls) = socket_calls().filter(|_| has_sockets) {
            ready += (calls.wait)(watches, milliseconds)?;
        } else if ready == 0 && left != Some(0) {
            match left {
                Some(left) if !has_others => sleep(left),
                // SAFETY: nothing is asked for.
                _ => unsafe { Sleep(milliseconds) },
            }
        }
        if ready > 0 || left == Some(0) {
            return Ok(ready);
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Waits for so many nanoseconds, as exactly as the system can.
fn sleep(nanoseconds: u64) {
    // A negative time is one from now on.
    let ticks = -(i64::try_from(nanoseconds.div_ceil(100)).unwrap_or(i64::MAX));
    // SAFETY: the timer is this function's own, and nobody is called.
    unsafe {
        let timer = CreateWaitableTimerExW(null(), null(), CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, TIMER_ALL_ACCESS);
        if !timer.is_null() && SetWaitableTimer(timer, &ticks, 0, None, null(), 0) != 0 {
            WaitForSingleObject(timer, INFINITE);
        } else {
            Sleep(nanoseconds.div_ceil(1_000_000).min(u64::from(INFINITE - 1)) as u32);
        }
        if !timer.is_null() {
            CloseHandle(timer);
        }
    }
}
