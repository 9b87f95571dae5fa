//! Reading the entries of directories.
//!
//! The system's places in a directory are good for one stream that reads it, and not for a program that goes on where it likes:
//! entries are kept in a list.

use super::checked;
use super::files::{Handle, filetype};
use crate::sys::hosted::listing::{self, Filling};
use crate::wasi::Result;
use core::ffi::CStr;
use libc::{O_CLOEXEC, O_DIRECTORY, O_RDONLY, closedir, dirent, fdopendir, openat, readdir};
use rustix::fs::FileType;
use rustix::io::Errno as MacOs;

pub(crate) use crate::sys::hosted::listing::Entry;

/// Shows `visit` the entries of a directory, from the start on for 0, or from behind the entry whose
/// `next` is given, until there are no more or it has seen enough.
pub(crate) fn each(directory: Handle, place: u64, visit: &mut dyn FnMut(Entry<'_>) -> Result<bool>) -> Result {
    listing::each(directory, place, fill, visit)
}

/// A stream of entries, which is closed when this goes out of scope.
struct Stream(*mut libc::DIR);

impl Stream {
    /// A stream of its own: one that is made of `directory` itself would close it.
    fn open(directory: Handle) -> Result<Stream> {
        // SAFETY: the name ends in a NUL; the number is a new file's, which the stream takes over.
        unsafe {
            let own = checked(openat(directory.number(), c".".as_ptr(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))?;
            let stream = fdopendir(own);
            if stream.is_null() {
                let error = checked(-1).map(|_: i32| ()).err().unwrap_or(MacOs::IO);
                libc::close(own);
                return Err(error.into());
            }
            Ok(Stream(stream))
        }
    }

    /// The next entry, which is good until the one behind it is asked for; nothing at the end.
    fn next(&mut self) -> Result<Option<&dirent>> {
        // SAFETY: the stream is open. Only an error of this call is left in the variable.
        unsafe {
            *libc::__error() = 0;
            let entry = readdir(self.0).as_ref();
            match (entry, *libc::__error()) {
                (None, error) if error != 0 => Err(MacOs::from_raw_os_error(error).into()),
                (entry, _) => Ok(entry),
            }
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // SAFETY: it is open, and nobody else's.
        unsafe { closedir(self.0) };
    }
}

/// Adds all entries of a directory to `list`.
fn fill(directory: Handle, list: &mut Filling) -> Result {
    let mut stream = Stream::open(directory)?;
    while let Some(entry) = stream.next()? {
        // SAFETY: a NUL ends it.
        let name = unsafe { CStr::from_ptr(entry.d_name.as_ptr()) }.to_bytes();
        let kind = filetype(FileType::from_raw_mode(u16::from(entry.d_type) << 12));
        list.append(entry.d_ino, kind, name.len(), |bytes| bytes.copy_from_slice(name))?;
    }
    Ok(())
}
