//! The attributes of open files: kind, size, times.

use super::descriptor::{self, Kind};
use super::layout::{Filestat, Filetype, UnstableFilestat, fstflags, rights};
use super::{Errno, Guest, Result};
use crate::sys::files::{self, Attributes, NewTime};

/// The attributes as preview 1 lays them out.
pub(super) fn filestat(attributes: &Attributes) -> Filestat {
    Filestat {
        device: attributes.device,
        inode: attributes.inode,
        filetype: attributes.filetype as u8,
        padding: [0; 7],
        links: attributes.links,
        size: attributes.size,
        accessed: attributes.accessed,
        modified: attributes.modified,
        changed: attributes.changed,
    }
}

/// The attributes as `wasi_unstable` lays them out.
pub(super) fn unstable_filestat(attributes: &Attributes) -> UnstableFilestat {
    UnstableFilestat {
        device: attributes.device,
        inode: attributes.inode,
        filetype: attributes.filetype as u8,
        padding: [0; 3],
        links: u32::try_from(attributes.links).unwrap_or(u32::MAX),
        size: attributes.size,
        accessed: attributes.accessed,
        modified: attributes.modified,
        changed: attributes.changed,
    }
}

fn attributes(fd: u32) -> Result<Attributes> {
    let descriptor = descriptor::get(fd)?;
    match descriptor.kind {
        // What the streams are on the host is nobody's business, but whether they are a terminal.
        Kind::Input | Kind::Output => Ok(Attributes {
            filetype: match files::is_terminal(descriptor.handle) {
                true => Filetype::CharacterDevice,
                false => Filetype::Unknown,
            },
            ..Attributes::NONE
        }),
        _ => {
            descriptor.need(rights::FD_FILESTAT_GET)?;
            files::attributes(descriptor.handle)
        }
    }
}

/// `fd_filestat_get`
pub(crate) fn get(guest: Guest, fd: u32, result: u32) -> Result {
    guest.write(result, filestat(&attributes(fd)?))
}

/// `fd_filestat_get` of `wasi_unstable`
pub(crate) fn get_unstable(guest: Guest, fd: u32, result: u32) -> Result {
    guest.write(result, unstable_filestat(&attributes(fd)?))
}

/// `fd_filestat_set_size`
pub(crate) fn set_size(_: Guest, fd: u32, size: u64) -> Result {
    let file = descriptor::file(fd, rights::FD_FILESTAT_SET_SIZE)?;
    if file.read_only {
        return Err(Errno::Perm);
    }
    if !file.writable {
        return Err(Errno::Inval);
    }
    files::set_size(file.handle, size)
}

/// What to set the times of the last access and the last modification to.
pub(super) fn new_times(accessed: u64, modified: u64, flags: u32) -> Result<[NewTime; 2]> {
    if flags & !fstflags::ALL != 0 {
        return Err(Errno::Inval);
    }
    let new_time = |value, set, now| match (flags & set != 0, flags & now != 0) {
        (true, true) => Err(Errno::Inval),
        (true, false) => Ok(NewTime::At(value)),
        (false, true) => Ok(NewTime::Now),
        (false, false) => Ok(NewTime::Unchanged),
    };
    Ok([
        new_time(accessed, fstflags::ACCESSED, fstflags::ACCESSED_NOW)?,
        new_time(modified, fstflags::MODIFIED, fstflags::MODIFIED_NOW)?,
    ])
}

/// `fd_filestat_set_times`
pub(crate) fn set_times(_: Guest, fd: u32, accessed: u64, modified: u64, flags: u32) -> Result {
    let times = new_times(accessed, modified, flags)?;
    let descriptor = descriptor::get(fd)?;
    if !matches!(descriptor.kind, Kind::File | Kind::Directory) {
        return Err(Errno::Badf);
    }
    descriptor.need(rights::FD_FILESTAT_SET_TIMES)?;
    if descriptor.read_only {
        return Err(Errno::Perm);
    }
    files::set_times(descriptor.handle, times)
}
