//! Waiting for files.

use rustix::event::{PollFd, PollFlags, Timespec};
use rustix::io::Errno as Host;

use super::files::Handle;
use crate::sys::files::raise_limit;
use crate::wasi::Result;

/// A file to wait for, and what was found.
#[repr(transparent)]
pub(crate) struct Watch(PollFd<'static>);

impl Watch {
    /// Waits until the file can be written, or else read.
    pub(crate) fn new(handle: Handle, write: bool) -> Watch {
        let wanted = if write { PollFlags::OUT } else { PollFlags::IN };
        Watch(PollFd::from_borrowed_fd(handle.borrow(), wanted))
    }

    /// Something happened, if only an error that the next read or write will tell.
    pub(crate) fn ready(&self) -> bool {
        !self.0.revents().is_empty()
    }

    /// Nobody is on the other side any more.
    pub(crate) fn hung_up(&self) -> bool {
        self.0.revents().contains(PollFlags::HUP)
    }

    /// The host has no such file.
    pub(crate) fn invalid(&self) -> bool {
        // macOS says so of devices that it cannot wait for; they count as ready.
        let is_open = || cfg!(target_os = "macos") && rustix::io::fcntl_getfd(&self.0).is_ok();
        self.0.revents().contains(PollFlags::NVAL) && !is_open()
    }
}

/// Waits until one of the files is ready, or for as many nanoseconds, or for some weeks, and gives how many are.
pub(crate) fn wait(watches: &mut [Watch], timeout: Option<u64>) -> Result<usize> {
    /// macOS counts milliseconds, in 31 bits. The caller looks at the clock, too.
    const LONGEST: u64 = 24 * 86400 * 1_000_000_000;
    let timeout = timeout.map(|nanoseconds| nanoseconds.min(LONGEST)).map(|nanoseconds| Timespec {
        tv_sec: (nanoseconds / 1_000_000_000) as i64,
        tv_nsec: (nanoseconds % 1_000_000_000) as i64,
    });
    // There, only this counts in less.
    #[cfg(target_os = "macos")]
    if let (true, Some(time)) = (watches.is_empty(), &timeout) {
        let _ = rustix::thread::nanosleep(time);
        return Ok(0);
    }
    // SAFETY: a watch is nothing but what it holds.
    let watches = unsafe { &mut *(watches as *mut [Watch] as *mut [PollFd<'_>]) };
    loop {
        match rustix::event::poll(watches, timeout.as_ref()) {
            // The kernel takes no more than the process may have files.
            Err(Host::INVAL) if raise_limit() => {}
            ready => return Ok(ready?),
        }
    }
}
