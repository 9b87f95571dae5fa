//! Removing, moving and linking the entries of directories.
//!
//! Recent systems know these operations as POSIX has them: an open file keeps its contents while its name is gone, and a name
//! can take the place of another one that is in use. Where a file system does not, the older ones are used.

use super::files::{Handle, attributes_of, open_entry};
use super::name::Name;
use super::nt::{self, Answer, Status};
use super::reparse::{self, Kind};
use crate::wasi::{Errno, Result};
use core::ffi::CStr;
use windows_sys::Wdk::Storage::FileSystem::{
    FILE_INFORMATION_CLASS, FileDispositionInformation, FileDispositionInformationEx, FileLinkInformation,
    FileRenameInformation, FileRenameInformationEx,
};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Storage::FileSystem::{DELETE, FILE_WRITE_ATTRIBUTES};

/// Removes what is open as `file` from its directory.
pub(super) fn delete(file: HANDLE) -> Answer {
    /// To delete, at once, read-only files as well.
    const FLAGS: u32 = 0x1 | 0x2 | 0x10;
    // SAFETY: the records of the classes.
    match unsafe { nt::set(file, FileDispositionInformationEx, &FLAGS) } {
        // SAFETY: as above.
        Err(status) if status.is_unknown_request() => unsafe { nt::set(file, FileDispositionInformation, &1_u8) },
        deleted => deleted,
    }
}

/// Removes a directory.
pub(crate) fn remove_directory(directory: Handle, name: &CStr) -> Result {
    let name = Name::of(name)?;
    if name.is_itself() {
        return Err(Errno::Inval);
    }
    let file = open_entry(directory, &name, DELETE)?;
    match reparse::kind(file.handle())? {
        Kind::Directory => Ok(delete(file.handle())?),
        Kind::File | Kind::Link => Err(Errno::Notdir),
    }
}

/// Removes anything but a directory.
pub(crate) fn unlink(directory: Handle, name: &CStr) -> Result {
    let name = Name::of(name)?;
    let file = open_entry(directory, &name, if name.is_itself() { 0 } else { DELETE })?;
    match reparse::kind(file.handle())? {
        Kind::Directory => Err(Errno::Isdir),
        Kind::File | Kind::Link => Ok(delete(file.handle())?),
    }
}

/// `FILE_RENAME_INFORMATION` and `FILE_LINK_INFORMATION`: where the new name goes.
#[repr(C)]
struct NewName {
    flags: u32,
    directory: HANDLE,
    length: u32,
    units: [u16; 255],
}

impl NewName {
    fn new(flags: u32, directory: Handle, name: &Name) -> NewName {
        let mut units = [0; 255];
        units.iter_mut().zip(name.units()).for_each(|(place, unit)| *place = *unit);
        NewName { flags, directory: directory.get(), length: size_of_val(name.units()) as u32, units }
    }

    fn set(&self, file: HANDLE, class: FILE_INFORMATION_CLASS) -> Answer {
        // SAFETY: the record of the class.
        unsafe { nt::set(file, class, self) }
    }
}

/// A name takes the place of another one.
const REPLACES: u32 = 1;
/// Even of one that is in use.
const AS_POSIX: u32 = 2;
/// Even of one that may not be written.
const REPLACES_READ_ONLY: u32 = 0x40;

/// What stands at a name, if anything does.
fn kind_at(directory: Handle, name: &Name) -> Result<Option<Kind>> {
    match open_entry(directory, name, 0) {
        Ok(file) => Ok(Some(reparse::kind(file.handle())?)),
        Err(Errno::Noent) => Ok(None),
        Err(errno) => Err(errno),
    }
}

/// What tells an open file from all others.
pub(super) fn identity(file: HANDLE) -> Answer<(u64, u64)> {
    attributes_of(file).map(|attributes| (attributes.device, attributes.inode))
}

/// Moves a name.
pub(crate) fn rename(old: (Handle, &CStr), new: (Handle, &CStr)) -> Result {
    let (old_name, new_name) = (Name::of(old.1)?, Name::of(new.1)?);
    if old_name.is_itself() || new_name.is_itself() {
        return Err(Errno::Busy);
    }
    let file = open_entry(old.0, &old_name, DELETE | FILE_WRITE_ATTRIBUTES)?;
    let is_directory = reparse::kind(file.handle())? == Kind::Directory;
    let there = kind_at(new.0, &new_name)?;
    match there {
        _ if new_name.wants_directory && !is_directory => return Err(Errno::Notdir),
        Some(Kind::Directory) if !is_directory => return Err(Errno::Isdir),
        Some(Kind::File | Kind::Link) if is_directory => return Err(Errno::Notdir),
        _ => {}
    }
    let flags = REPLACES | AS_POSIX | REPLACES_READ_ONLY;
    let renamed = NewName::new(flags, new.0, &new_name).set(file.handle(), FileRenameInformationEx);
    let Err(status) = renamed else { return Ok(()) };
    let older = NewName::new(REPLACES, new.0, &new_name);
    let renamed = match status.is_unknown_request() {
        true => older.set(file.handle(), FileRenameInformation),
        false => Err(status),
    };
    match renamed {
        // A directory is replaced if it is empty, which this finds out. A link to a directory counts as one.
        Err(Status::ACCESS_DENIED | Status::OBJECT_NAME_COLLISION)
            if matches!(there, Some(Kind::Directory | Kind::Link)) =>
        {
            let replaced = open_entry(new.0, &new_name, DELETE)?;
            if identity(replaced.handle())? == identity(file.handle())? {
                return Ok(());
            }
            delete(replaced.handle())?;
            drop(replaced);
            Ok(older.set(file.handle(), FileRenameInformation)?)
        }
        renamed => Ok(renamed?),
    }
}

/// Gives a file another name.
pub(crate) fn link(old: (Handle, &CStr), new: (Handle, &CStr)) -> Result {
    let (old_name, new_name) = (Name::of(old.1)?, Name::of(new.1)?);
    let file = open_entry(old.0, &old_name, FILE_WRITE_ATTRIBUTES)?;
    if reparse::kind(file.handle())? == Kind::Directory {
        return Err(Errno::Perm);
    }
    if new_name.is_itself() {
        return Err(Errno::Exist);
    }
    if new_name.wants_directory {
        return Err(Errno::Noent);
    }
    match NewName::new(0, new.0, &new_name).set(file.handle(), FileLinkInformation) {
        // So does a link to a directory.
        Err(Status::FILE_IS_A_DIRECTORY) => Err(Errno::Perm),
        linked => Ok(linked?),
    }
}
