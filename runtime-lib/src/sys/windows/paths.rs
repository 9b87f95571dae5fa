//! Opening below a directory, without ever leaving it.
//!
//! A path is walked name by name. Each name is opened in the directory before it, which is open, whatever stands there: a
//! link opens as the link that it is, and its text is expanded here. So there is no moment at which the system itself would
//! follow anything, and nothing that others do meanwhile leads outside.

use super::files::{Handle, close};
use super::name::Name;
use super::nt::{self, Status};
use super::reparse::{self, Kind};
use crate::wasi::{Errno, Result, fdflags, oflags};
use core::ffi::CStr;
use windows_sys::Wdk::Storage::FileSystem::{
    FILE_CREATE, FILE_DIRECTORY_FILE, FILE_OPEN, FILE_OPEN_IF, FILE_WRITE_THROUGH, FileEndOfFileInformation,
};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Storage::FileSystem::{
    FILE_APPEND_DATA, FILE_END_OF_FILE_INFO, FILE_LIST_DIRECTORY, FILE_READ_ATTRIBUTES, FILE_READ_DATA, FILE_TRAVERSE,
    FILE_WRITE_ATTRIBUTES, FILE_WRITE_DATA,
};

/// How to open a file: WASI's flags, and what it is opened for.
#[derive(Clone, Copy)]
pub(crate) struct How {
    /// `oflags`
    pub(crate) oflags: u16,
    /// `fdflags`
    pub(crate) fdflags: u16,
    /// To be read.
    pub(crate) read: bool,
    /// To be written.
    pub(crate) write: bool,
    /// A symbolic link at the end is followed.
    pub(crate) follow: bool,
}

impl How {
    fn has(&self, flag: u16) -> bool {
        self.oflags & flag != 0
    }

    /// What the program may do with the file.
    fn access(&self) -> u32 {
        let mut access = FILE_READ_ATTRIBUTES;
        if self.read {
            access |= FILE_READ_DATA;
        }
        if self.write {
            access |= FILE_WRITE_DATA | FILE_APPEND_DATA;
        }
        access
    }

    fn disposition(&self) -> u32 {
        match (self.has(oflags::CREATE), self.has(oflags::EXCLUSIVE)) {
            (true, true) => FILE_CREATE,
            (true, false) => FILE_OPEN_IF,
            (false, _) => FILE_OPEN,
        }
    }

    fn options(&self) -> u32 {
        const TO_THE_DEVICE: u16 = fdflags::SYNC | fdflags::DSYNC | fdflags::RSYNC;
        let directory = if self.has(oflags::DIRECTORY) { FILE_DIRECTORY_FILE } else { 0 };
        directory | if self.fdflags & TO_THE_DEVICE != 0 { FILE_WRITE_THROUGH } else { 0 }
    }
}

/// Opens what a path leads to; the system cannot keep a path inside by itself.
pub(crate) fn open_beneath(_: Handle, _: &CStr, _: &How) -> Option<Result<Handle>> {
    None
}

/// Opens a name in a directory, unless it is a link.
pub(crate) fn open_at(directory: Handle, name: &CStr, how: &How) -> Result<Handle> {
    let name = Name::of(name)?;
    let open = |access| nt::open(directory.get(), &name, access, how.disposition(), how.options());
    // To set its times later, or to go on from a directory, if the host allows that.
    let further =
        FILE_WRITE_ATTRIBUTES | if how.has(oflags::DIRECTORY) { FILE_TRAVERSE | FILE_LIST_DIRECTORY } else { 0 };
    let (access, file) = match open(how.access() | further) {
        Err(Status::ACCESS_DENIED) => (how.access(), open(how.access())?),
        file => (how.access() | further, file?),
    };
    let (file, kind) = reparse::as_stored(file, access, how.options())?;
    match kind {
        Kind::Link if how.has(oflags::EXCLUSIVE) && how.has(oflags::CREATE) => return Err(Errno::Exist),
        Kind::Link if how.has(oflags::DIRECTORY) => return Err(Errno::Notdir),
        Kind::Link => return Err(Errno::Loop),
        Kind::Directory if how.write || how.has(oflags::CREATE) || how.has(oflags::TRUNCATE) => {
            return Err(Errno::Isdir);
        }
        Kind::File if name.wants_directory => return Err(Errno::Notdir),
        Kind::File if how.has(oflags::TRUNCATE) && how.write => truncate(&file)?,
        // What is cut off need not be the program's to write.
        Kind::File if how.has(oflags::TRUNCATE) => truncate(&nt::open_again(file.handle(), FILE_WRITE_DATA, 0)?)?,
        Kind::Directory | Kind::File => {}
    }
    let handle = file.keep();
    // Appending is a matter of the handle here.
    super::files::set_flags(handle, how.fdflags & fdflags::APPEND != 0, false).inspect_err(|_| close(handle))
}

/// Cuts a file off.
fn truncate(file: &nt::File) -> nt::Answer {
    let record = FILE_END_OF_FILE_INFO { EndOfFile: 0 };
    // SAFETY: the record of the class.
    unsafe { nt::set(file.handle(), FileEndOfFileInformation, &record) }
}

/// Opens the directory that a path leads to, to go on from there; nothing if it is `start` itself.
pub(crate) fn directory_beneath(start: Handle, path: &CStr) -> Result<Option<Handle>> {
    walk(start, path).map(|directory| directory.map(nt::File::keep))
}

/// Bytes of the longest path, with its NUL.
const PATH: usize = 4096;

/// Links that are expanded on the way.
const LINKS: u32 = 40;

/// Names still to be walked, each with a slash behind it. They stand at the end of the buffer, so
/// that the text of a link fits in before them.
struct Ahead {
    bytes: [u8; PATH],
    start: usize,
}

impl Ahead {
    /// Puts a path before the names that are left.
    fn prepend(&mut self, path: &[u8]) -> Result {
        let start = self.start.checked_sub(path.len() + 1).ok_or(Errno::Nametoolong)?;
        put(&mut self.bytes, start, path)?;
        self.start = start;
        Ok(())
    }

    /// Takes the next name; an empty one when slashes follow each other, none at the end.
    fn next(&mut self) -> Option<&[u8]> {
        let rest = self.bytes.get(self.start..)?;
        let length = rest.iter().position(|&byte| byte == b'/')?;
        self.start += length + 1;
        rest.get(..length)
    }
}

/// Copies a name, with a slash behind it, to `start` of a buffer.
fn put(buffer: &mut [u8], start: usize, name: &[u8]) -> Result {
    let place = buffer.get_mut(start..).and_then(|rest| rest.get_mut(..name.len() + 1));
    let (last, target) = place.and_then(<[u8]>::split_last_mut).ok_or(Errno::Nametoolong)?;
    target.copy_from_slice(name);
    *last = b'/';
    Ok(())
}

/// Opens what stands at a name, and tells what it is.
fn step(from: HANDLE, name: &[u8]) -> Result<(nt::File, Kind)> {
    let name = Name::of_bytes(name)?;
    let open = |access| nt::open(from, &name, access, FILE_OPEN, 0);
    let file = match open(FILE_TRAVERSE | FILE_READ_ATTRIBUTES) {
        // One needs no permission to traverse in order to go through, as long as the host does not insist on it.
        Err(Status::ACCESS_DENIED) => open(FILE_READ_ATTRIBUTES)?,
        file => file?,
    };
    let kind = reparse::kind(file.handle())?;
    Ok((file, kind))
}

/// Walks to the directory that a path leads to; nothing if it is `start` itself.
///
/// `trail` holds the names that led from the start to where the walk is, none of them a link. `..`
/// goes that way again, without the last one: the parent of an open directory could meanwhile be
/// any directory of the system.
fn walk(start: Handle, path: &CStr) -> Result<Option<nt::File>> {
    let mut ahead = Ahead { bytes: [0; PATH], start: PATH };
    ahead.prepend(path.to_bytes())?;
    let mut trail = [0u8; PATH];
    let mut trail_length = 0;
    let mut links = 0;
    let mut here: Option<nt::File> = None;
    let start = start.get();
    while let Some(name) = ahead.next() {
        if name.is_empty() || name == b"." {
            continue;
        }
        if name == b".." {
            // The way back ends behind the last slash but one.
            let names: &[u8] = trail.get(..trail_length).unwrap_or(&[]);
            let (_, names) = names.split_last().ok_or(Errno::Perm)?;
            trail_length = names.iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
            here = None;
            for name in trail.get(..trail_length).unwrap_or(&[]).split(|&byte| byte == b'/') {
                if !name.is_empty() {
                    let (file, kind) = step(here.as_ref().map_or(start, nt::File::handle), name)?;
                    here = Some(file);
                    if kind != Kind::Directory {
                        return Err(Errno::Notdir);
                    }
                }
            }
            continue;
        }
        let (file, kind) = step(here.as_ref().map_or(start, nt::File::handle), name)?;
        match kind {
            Kind::Directory => {
                put(&mut trail, trail_length, name)?;
                trail_length += name.len() + 1;
                here = Some(file);
            }
            Kind::File => return Err(Errno::Notdir),
            Kind::Link => {
                let mut text = [0; PATH];
                let length = reparse::read(file.handle(), &mut text)?;
                let text = text.get(..length).unwrap_or(&[]);
                links += 1;
                match text.first() {
                    _ if links > LINKS => return Err(Errno::Loop),
                    None => return Err(Errno::Noent),
                    Some(b'/') => return Err(Errno::Perm),
                    Some(_) => ahead.prepend(text)?,
                }
            }
        }
    }
    Ok(here)
}
