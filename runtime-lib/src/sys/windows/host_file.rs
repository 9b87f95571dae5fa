//! Files that the runtime itself writes, by the path that the person who started the program gave.

use super::nt::{self, File};
use super::text;
use core::ffi::CStr;
use core::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::INVALID_HANDLE_VALUE;
use windows_sys::Win32::Storage::FileSystem::{
    CREATE_NEW, CreateFileW, DeleteFileW, FILE_ATTRIBUTE_NORMAL, FILE_WRITE_DATA, MOVEFILE_REPLACE_EXISTING,
    MoveFileExW, SYNCHRONIZE,
};

/// A file that is being written. It is closed when this goes out of scope.
pub(crate) struct HostFile(File);

/// Units of the longest path, with its zero.
const PATH: usize = 1024;

/// A path as the system takes it.
fn units(path: &CStr) -> Option<[u16; PATH]> {
    let mut units = [0; PATH];
    // The zero at the end is one more.
    text::to_units(path.to_bytes_with_nul(), &mut units)?;
    Some(units)
}

/// Makes an empty file, in place of whatever has the name.
pub(crate) fn create(path: &CStr) -> Option<HostFile> {
    remove(path);
    let path = units(path)?;
    let access = FILE_WRITE_DATA | SYNCHRONIZE;
    // SAFETY: the path ends in a zero.
    let handle =
        unsafe { CreateFileW(path.as_ptr(), access, 0, null(), CREATE_NEW, FILE_ATTRIBUTE_NORMAL, null_mut()) };
    (handle != INVALID_HANDLE_VALUE).then(|| HostFile(File::own(handle)))
}

impl HostFile {
    /// Writes all of `bytes` at an offset; gives whether that was possible.
    pub(crate) fn write_at(&self, mut bytes: &[u8], mut offset: u64) -> bool {
        while !bytes.is_empty() {
            // SAFETY: the bytes are there to be read.
            match unsafe { nt::write(self.0.handle(), bytes.as_ptr(), bytes.len(), Some(offset as i64)) } {
                Ok(written) if written > 0 => {
                    bytes = bytes.get(written..).unwrap_or(&[]);
                    offset += written as u64;
                }
                _ => return false,
            }
        }
        true
    }
}

/// Gives the file at `from` the name `to`, which may be that of another one. Gives whether that was possible.
pub(crate) fn rename(from: &CStr, to: &CStr) -> bool {
    let (Some(from), Some(to)) = (units(from), units(to)) else { return false };
    // SAFETY: the paths end in zeros.
    unsafe { MoveFileExW(from.as_ptr(), to.as_ptr(), MOVEFILE_REPLACE_EXISTING) != 0 }
}

/// Removes a file.
pub(crate) fn remove(path: &CStr) {
    if let Some(path) = units(path) {
        // Most often there is none.
        // SAFETY: the path ends in a zero.
        unsafe { DeleteFileW(path.as_ptr()) };
    }
}
