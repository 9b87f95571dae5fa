//! Opening what a path leads to.

use super::descriptor::{self, Descriptor, Kind};
use super::layout::{Filetype, fdflags, oflags, rights};
use super::path::{Path, Purpose};
use super::path_filestat::follows;
use super::{Errno, Guest, Result};
use crate::sys::files::{self, Handle};
use crate::sys::paths::{self, How};

/// `path_open`. Of the rights, reading and writing say how to open; the rest come with the file.
#[expect(clippy::too_many_arguments, reason = "the specification's")]
pub(crate) fn open(
    guest: Guest,
    fd: u32,
    lookup: u32,
    path: u32,
    length: u32,
    oflags: u32,
    rights: u64,
    _inheriting: u64,
    fdflags: u32,
    result: u32,
) -> Result {
    super::prestat::open_all();
    let directory = descriptor::get(fd)?;
    match directory.kind {
        Kind::Directory => {}
        Kind::File => return Err(Errno::Notdir),
        Kind::Input | Kind::Output | Kind::Free => return Err(Errno::Badf),
    }
    let how = how(lookup, oflags, rights, fdflags)?;
    let creates = how.oflags & oflags::CREATE != 0;
    directory.need(rights::PATH_OPEN | if creates { rights::PATH_CREATE_FILE } else { 0 })?;
    if directory.read_only && (how.write || creates || how.oflags & oflags::TRUNCATE != 0) {
        return Err(Errno::Perm);
    }
    let place = guest.place::<u32>(result)?;
    let mut path_buffer = Path::new();
    path_buffer.read(guest, path, length)?;

    let handle = open_beneath(directory.handle, &mut path_buffer, &how)?;
    let inserted = describe(handle, &how, &directory).and_then(descriptor::insert);
    if inserted.is_err() {
        files::close(handle);
    }
    place.set(inserted?);
    Ok(())
}

/// What the flags ask for, if they make sense together.
fn how(lookup: u32, oflags: u32, rights: u64, fdflags: u32) -> Result<How> {
    let (Ok(oflags), Ok(fdflags)) = (u16::try_from(oflags), u16::try_from(fdflags)) else {
        return Err(Errno::Inval);
    };
    let on_files = oflags::CREATE | oflags::EXCLUSIVE | oflags::TRUNCATE;
    if oflags & !oflags::ALL != 0
        || fdflags & !fdflags::ALL != 0
        || oflags & oflags::DIRECTORY != 0 && oflags & on_files != 0
    {
        return Err(Errno::Inval);
    }
    let write = rights & rights::FD_WRITE != 0;
    Ok(How {
        oflags,
        fdflags,
        // Without either right it is opened for reading, so that it can be looked at.
        read: rights & rights::FD_READ != 0 || !write,
        write,
        follow: follows(lookup)?,
    })
}

/// Opens it, in one system call where the kernel can keep the path inside the directory by itself.
fn open_beneath(start: Handle, path: &mut Path, how: &How) -> Result<Handle> {
    if let Some(opened) = paths::open_beneath(start, path.text(), how) {
        return opened;
    }
    loop {
        let place = path.place(start, Purpose::Target)?;
        match paths::open_at(place.directory(), path.name(&place), how) {
            // What refuses to be opened because it is a link, is one to follow.
            Err(errno @ (Errno::Loop | Errno::Notdir)) if how.follow => {
                if !path.follow(&place)? {
                    return Err(errno);
                }
            }
            opened => return opened,
        }
    }
}

/// The entry for an opened file. It was opened without waiting, so that a pipe or a device cannot
/// stop the program; from here on it waits unless the program wants otherwise.
fn describe(handle: Handle, how: &How, directory: &Descriptor) -> Result<Descriptor> {
    let filetype = files::attributes(handle)?.filetype;
    let kind = if filetype == Filetype::Directory { Kind::Directory } else { Kind::File };
    let waits = how.fdflags & fdflags::NONBLOCK == 0;
    if waits && !matches!(filetype, Filetype::Directory | Filetype::RegularFile) {
        files::set_flags(handle, how.fdflags & fdflags::APPEND != 0, false)?;
    }
    Ok(Descriptor {
        handle,
        preopen: 0,
        rights: directory.inheriting,
        inheriting: directory.inheriting,
        flags: how.fdflags,
        kind,
        filetype,
        readable: how.read,
        writable: how.write,
        read_only: directory.read_only,
    })
}
