//! Links: hard ones, and symbolic ones, whose text never leaves the program's directories.

use core::mem::MaybeUninit;

use super::layout::rights;
use super::path::{self, Path, Purpose};
use super::path_filestat::follows;
use super::{Errno, Guest, Result};
use crate::sys::files;

/// `path_link`. Following a link to what shall be linked is not supported.
#[expect(clippy::too_many_arguments, reason = "the specification's")]
pub(crate) fn link(
    guest: Guest,
    old_fd: u32,
    old_flags: u32,
    old_path: u32,
    old_length: u32,
    new_fd: u32,
    new_path: u32,
    new_length: u32,
) -> Result {
    // A link out of a read-only directory would let its file be changed through the new name.
    let old_directory = path::changeable(old_fd, rights::PATH_LINK_SOURCE)?;
    let new_directory = path::changeable(new_fd, rights::PATH_LINK_TARGET)?;
    if follows(old_flags)? {
        return Err(Errno::Inval);
    }
    let (mut old, mut new) = (Path::new(), Path::new());
    old.read(guest, old_path, old_length)?;
    new.read(guest, new_path, new_length)?;
    let old_place = old.place(old_directory.handle, Purpose::Target)?;
    let new_place = new.place(new_directory.handle, Purpose::Target)?;
    files::link((old_place.directory(), old.name(&old_place)), (new_place.directory(), new.name(&new_place)))
}

/// `path_symlink`. A link to an absolute path could only be meant for the host.
pub(crate) fn symlink(guest: Guest, old_path: u32, old_length: u32, fd: u32, new_path: u32, new_length: u32) -> Result {
    let directory = path::changeable(fd, rights::PATH_SYMLINK)?;
    let (mut old, mut new) = (Path::new(), Path::new());
    old.read(guest, old_path, old_length)?;
    new.read(guest, new_path, new_length)?;
    let place = new.place(directory.handle, Purpose::Target)?;
    files::symlink(old.text(), place.directory(), new.name(&place))
}

/// `path_readlink`. An absolute path is the host's, and not shown.
pub(crate) fn read(guest: Guest, fd: u32, path: u32, length: u32, buffer: u32, size: u32, result: u32) -> Result {
    let directory = path::directory(fd, rights::PATH_READLINK)?;
    let written = guest.place::<u32>(result)?;
    guest.range(buffer, u64::from(size))?;
    let mut path_buffer = Path::new();
    path_buffer.read(guest, path, length)?;
    let place = path_buffer.place(directory.handle, Purpose::Target)?;
    let mut text = [const { MaybeUninit::uninit() }; 4096];
    let text = files::read_link(place.directory(), path_buffer.name(&place), &mut text)?;
    if text.first() == Some(&b'/') {
        return Err(Errno::Perm);
    }
    let text = text.get(..size as usize).unwrap_or(text);
    guest.copy(buffer, text)?;
    written.set(text.len() as u32);
    Ok(())
}
