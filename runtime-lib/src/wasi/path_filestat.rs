//! The attributes of what a path leads to.

use super::filestat::{filestat, new_times, unstable_filestat};
use super::layout::{Filetype, SYMLINK_FOLLOW, rights};
use super::path::{self, Path, Purpose};
use super::{Errno, Guest, Result};
use crate::sys::files::{self, Attributes};

/// Whether `lookupflags` ask for a link at the end to be followed.
pub(super) fn follows(flags: u32) -> Result<bool> {
    match flags {
        0 => Ok(false),
        SYMLINK_FOLLOW => Ok(true),
        _ => Err(Errno::Inval),
    }
}

fn attributes(guest: Guest, fd: u32, flags: u32, path: u32, length: u32) -> Result<Attributes> {
    let directory = path::directory(fd, rights::PATH_FILESTAT_GET)?;
    let follows = follows(flags)?;
    let mut path_buffer = Path::new();
    path_buffer.read(guest, path, length)?;
    loop {
        let place = path_buffer.place(directory.handle, Purpose::Target)?;
        let attributes = files::attributes_at(place.directory(), path_buffer.name(&place))?;
        let link = attributes.filetype == Filetype::SymbolicLink;
        if !(follows && link && path_buffer.follow(&place)?) {
            return Ok(attributes);
        }
    }
}

/// `path_filestat_get`
pub(crate) fn get(guest: Guest, fd: u32, flags: u32, path: u32, length: u32, result: u32) -> Result {
    guest.write(result, filestat(&attributes(guest, fd, flags, path, length)?))
}

/// `path_filestat_get` of `wasi_unstable`
pub(crate) fn get_unstable(guest: Guest, fd: u32, flags: u32, path: u32, length: u32, result: u32) -> Result {
    guest.write(result, unstable_filestat(&attributes(guest, fd, flags, path, length)?))
}

/// `path_filestat_set_times`
#[expect(clippy::too_many_arguments, reason = "the specification's")]
pub(crate) fn set_times(
    guest: Guest,
    fd: u32,
    flags: u32,
    path: u32,
    length: u32,
    accessed: u64,
    modified: u64,
    time_flags: u32,
) -> Result {
    let times = new_times(accessed, modified, time_flags)?;
    let directory = path::changeable(fd, rights::PATH_FILESTAT_SET_TIMES)?;
    let follows = follows(flags)?;
    let mut path_buffer = Path::new();
    path_buffer.read(guest, path, length)?;
    loop {
        let place = path_buffer.place(directory.handle, Purpose::Target)?;
        if !(follows && path_buffer.follow(&place)?) {
            return files::set_times_at(place.directory(), path_buffer.name(&place), times);
        }
    }
}
