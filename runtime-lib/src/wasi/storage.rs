//! What a file's data is on its device: synchronised, reserved, announced.

use super::descriptor::{self, Descriptor, Kind};
use super::layout::rights;
use super::{Errno, Guest, Result};
use crate::sys::files::{self, Advice};

/// A file or directory, not a standard stream, with a right.
fn stored(fd: u32, needed: u64) -> Result<Descriptor> {
    let descriptor = descriptor::get(fd)?;
    if !matches!(descriptor.kind, Kind::File | Kind::Directory) {
        return Err(Errno::Badf);
    }
    descriptor.need(needed)?;
    Ok(descriptor)
}

/// `fd_sync`
pub(crate) fn sync(_: Guest, fd: u32) -> Result {
    files::sync(stored(fd, rights::FD_SYNC)?.handle)
}

/// `fd_datasync`
pub(crate) fn data_sync(_: Guest, fd: u32) -> Result {
    files::data_sync(stored(fd, rights::FD_DATASYNC)?.handle)
}

/// `fd_allocate`
pub(crate) fn allocate(_: Guest, fd: u32, offset: u64, length: u64) -> Result {
    let file = descriptor::file(fd, rights::FD_ALLOCATE)?;
    if !file.writable {
        return Err(Errno::Badf);
    }
    files::allocate(file.handle, offset, length)
}

/// `fd_advise`
pub(crate) fn advise(_: Guest, fd: u32, offset: u64, length: u64, advice: u32) -> Result {
    let file = descriptor::file(fd, rights::FD_ADVISE)?;
    let advice = match advice {
        0 => Advice::Normal,
        1 => Advice::Sequential,
        2 => Advice::Random,
        3 => Advice::WillNeed,
        4 => Advice::DontNeed,
        5 => Advice::NoReuse,
        _ => return Err(Errno::Inval),
    };
    files::advise(file.handle, offset, length, advice)
}
