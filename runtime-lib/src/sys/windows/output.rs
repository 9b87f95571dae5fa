//! Writing to the standard streams, for messages: errors are of no use to anybody here.

use super::files::{Handle, write_all};

/// A standard stream to write to.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    /// Standard output.
    Output,
    /// Standard error.
    Error,
}

/// Writes all of `bytes`, as far as the stream takes them.
pub(crate) fn write(stream: Stream, bytes: &[u8]) {
    let handle = match stream {
        Stream::Output => Handle::OUTPUT,
        Stream::Error => Handle::ERROR,
    };
    let _ = write_all(handle, bytes);
}
