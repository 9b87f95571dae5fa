//! Making, removing and renaming entries of directories.

use super::layout::rights;
use super::path::{self, Path, Purpose};
use super::{Guest, Result};
use crate::sys::files::{self, Handle};

/// An operation on a name in a directory.
type Operation = fn(Handle, &core::ffi::CStr) -> Result;

fn change(guest: Guest, (fd, right): (u32, u64), path: u32, length: u32, operation: Operation) -> Result {
    let directory = path::changeable(fd, right)?;
    let mut path_buffer = Path::new();
    path_buffer.read(guest, path, length)?;
    let place = path_buffer.place(directory.handle, Purpose::Entry)?;
    operation(place.directory(), path_buffer.name(&place))
}

/// `path_create_directory`
pub(crate) fn create_directory(guest: Guest, fd: u32, path: u32, length: u32) -> Result {
    change(guest, (fd, rights::PATH_CREATE_DIRECTORY), path, length, files::make_directory)
}

/// `path_remove_directory`
pub(crate) fn remove_directory(guest: Guest, fd: u32, path: u32, length: u32) -> Result {
    change(guest, (fd, rights::PATH_REMOVE_DIRECTORY), path, length, files::remove_directory)
}

/// `path_unlink_file`
pub(crate) fn unlink_file(guest: Guest, fd: u32, path: u32, length: u32) -> Result {
    change(guest, (fd, rights::PATH_UNLINK_FILE), path, length, files::unlink)
}

/// `path_rename`
pub(crate) fn rename(
    guest: Guest,
    old_fd: u32,
    old_path: u32,
    old_length: u32,
    new_fd: u32,
    new_path: u32,
    new_length: u32,
) -> Result {
    let old_directory = path::changeable(old_fd, rights::PATH_RENAME_SOURCE)?;
    let new_directory = path::changeable(new_fd, rights::PATH_RENAME_TARGET)?;
    let (mut old, mut new) = (Path::new(), Path::new());
    old.read(guest, old_path, old_length)?;
    new.read(guest, new_path, new_length)?;
    let old_place = old.place(old_directory.handle, Purpose::Entry)?;
    let new_place = new.place(new_directory.handle, Purpose::Entry)?;
    files::rename((old_place.directory(), old.name(&old_place)), (new_place.directory(), new.name(&new_place)))
}
