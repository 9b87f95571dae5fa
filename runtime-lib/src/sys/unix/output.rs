//! Writing to the standard streams, for messages: errors are of no use to anybody here.

use rustix::fd::BorrowedFd;
use rustix::io::Errno;

/// A standard stream to write to.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    /// Standard output.
    Output = 1,
    /// Standard error.
    Error = 2,
}

/// Writes all of `bytes`, as far as the stream takes them.
pub(crate) fn write(stream: Stream, mut bytes: &[u8]) {
    // SAFETY: the number of a standard stream; when the process has none there, writing fails.
    let descriptor = unsafe { BorrowedFd::borrow_raw(stream as i32) };
    while !bytes.is_empty() {
        match rustix::io::write(descriptor, bytes) {
            Ok(written) => bytes = bytes.get(written..).unwrap_or(&[]),
            Err(Errno::INTR) => {}
            Err(_) => return,
        }
    }
}
