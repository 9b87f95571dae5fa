//! Files that the runtime itself writes, by the path that the person who started the program gave.

use core::ffi::CStr;

use libc::{AT_FDCWD, O_CLOEXEC, O_CREAT, O_EXCL, O_NOFOLLOW, O_WRONLY};
use rustix::fs::{self, AtFlags, CWD, FileType};
use rustix::io::Errno;

use super::checked;

/// A file that is being written. It is closed when this goes out of scope.
pub(crate) struct HostFile(i32);

impl Drop for HostFile {
    fn drop(&mut self) {
        // SAFETY: nobody else has it.
        unsafe { libc::close(self.0) };
    }
}

/// Makes an empty file for the eyes of its owner, in place of whatever has the name.
pub(crate) fn create(path: &CStr) -> Option<HostFile> {
    const OWNER: libc::c_int = 0o600;
    remove(path);
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    // SAFETY: the path ends in a NUL.
    checked(unsafe { libc::openat(AT_FDCWD, path.as_ptr(), flags, OWNER) }).ok().map(HostFile)
}

impl HostFile {
    /// Writes all of `bytes` at an offset; gives whether that was possible.
    pub(crate) fn write_at(&self, mut bytes: &[u8], mut offset: u64) -> bool {
        /// The system refuses 2 GiB and more.
        const MOST: usize = 1 << 30;
        while !bytes.is_empty() {
            let length = bytes.len().min(MOST);
            // SAFETY: the bytes are there to be read.
            match checked(unsafe { libc::pwrite(self.0, bytes.as_ptr().cast(), length, offset as i64) }) {
                Ok(0) => return false,
                Ok(written) => {
                    bytes = bytes.get(written as usize..).unwrap_or(&[]);
                    offset += written as u64;
                }
                Err(Errno::INTR) => {}
                Err(_) => return false,
            }
        }
        true
    }
}

/// Gives the file at `from` the name `to`, which may be that of another one but of nothing else: a device, or a link to one,
/// would be gone. Gives whether that was possible.
pub(crate) fn rename(from: &CStr, to: &CStr) -> bool {
    let may_be_replaced = match fs::statat(CWD, to, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(stat) => FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile,
        Err(error) => error == Errno::NOENT,
    };
    // SAFETY: the paths end in NULs.
    may_be_replaced && unsafe { libc::renameat(AT_FDCWD, from.as_ptr(), AT_FDCWD, to.as_ptr()) } == 0
}

/// Removes a file.
pub(crate) fn remove(path: &CStr) {
    // Most often there is none.
    // SAFETY: the path ends in a NUL.
    unsafe { libc::unlinkat(AT_FDCWD, path.as_ptr(), 0) };
}
