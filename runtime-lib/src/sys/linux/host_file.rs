//! Files that the runtime itself writes, by the path that the person who started the program gave.

use core::ffi::CStr;

use rustix::fs::{self, AtFlags, CWD, FileType, Mode, OFlags};
use rustix::io::{self, Errno};

use super::calls::{OPENAT, call};
use super::files::{File, WORKING_DIRECTORY};

/// A file that is being written. It is closed when this goes out of scope.
pub(crate) struct HostFile(File);

/// Makes an empty file for the eyes of its owner, in place of whatever has the name.
pub(crate) fn create(path: &CStr) -> Option<HostFile> {
    remove(path);
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC | OFlags::NOFOLLOW;
    let mode = Mode::RUSR | Mode::WUSR;
    let directory = WORKING_DIRECTORY.number() as usize;
    // SAFETY: the path ends in a NUL, and a file that was just opened is nobody else's.
    unsafe {
        let number = call(OPENAT, [directory, path.as_ptr().addr(), flags.bits() as usize, mode.bits() as usize]);
        number.ok().map(|number| HostFile(File::own(number as i32)))
    }
}

impl HostFile {
    /// Writes all of `bytes` at an offset; gives whether that was possible.
    pub(crate) fn write_at(&self, mut bytes: &[u8], mut offset: u64) -> bool {
        /// The most that each system takes at a time.
        const MOST: usize = 1 << 30;
        while !bytes.is_empty() {
            match io::pwrite(self.0.handle().borrow(), bytes.get(..MOST).unwrap_or(bytes), offset) {
                Ok(0) => return false,
                Ok(written) => {
                    bytes = bytes.get(written..).unwrap_or(&[]);
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
    may_be_replaced && fs::renameat(CWD, from, CWD, to).is_ok()
}

/// Removes a file.
pub(crate) fn remove(path: &CStr) {
    // Most often there is none.
    let _ = fs::unlinkat(CWD, path, AtFlags::empty());
}
