//! Opening below a directory, without ever leaving it: directories are walked name by name, and symbolic links expanded
//! here.

use core::ffi::CStr;
use core::mem::MaybeUninit;

use rustix::fs::{Mode, OFlags};
use rustix::io::Errno as Host;

use super::files::{File, Handle};
use crate::sys::files::{RSYNC, open_name, read_link, step};
use crate::wasi::{Errno, Result, fdflags, oflags};

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
    /// The kernel's flags. Opening never waits for the other side of a pipe or for a device, and
    /// never makes a terminal the process's own.
    pub(in crate::sys) fn flags(&self) -> OFlags {
        let mut flags = OFlags::CLOEXEC | OFlags::NOCTTY | OFlags::NONBLOCK;
        flags |= match (self.read, self.write) {
            (_, false) => OFlags::RDONLY,
            (false, true) => OFlags::WRONLY,
            (true, true) => OFlags::RDWR,
        };
        for (bit, flag) in [
            (oflags::CREATE, OFlags::CREATE),
            (oflags::DIRECTORY, OFlags::DIRECTORY),
            (oflags::EXCLUSIVE, OFlags::EXCL),
            (oflags::TRUNCATE, OFlags::TRUNC),
        ] {
            flags.set(flag, self.oflags & bit != 0);
        }
        for (bit, flag) in [
            (fdflags::APPEND, OFlags::APPEND),
            (fdflags::DSYNC, OFlags::DSYNC),
            (fdflags::RSYNC, RSYNC),
            (fdflags::SYNC, OFlags::SYNC),
        ] {
            if self.fdflags & bit != 0 {
                flags |= flag;
            }
        }
        flags
    }

    /// The permissions of a file that this makes, before the process's mask.
    pub(in crate::sys) fn mode(&self) -> Mode {
        if self.oflags & oflags::CREATE != 0 { Mode::from_raw_mode(0o666) } else { Mode::empty() }
    }
}

/// Opens a name in a directory, unless it is a symbolic link.
pub(crate) fn open_at(directory: Handle, name: &CStr, how: &How) -> Result<Handle> {
    open_name(directory, name, how.flags() | OFlags::NOFOLLOW, how.mode())?.keep()
}

/// Bytes of the longest path, and of the longest name, each with its NUL.
const PATH: usize = 4096;
const NAME: usize = 256;

/// Symbolic links that are expanded on the way.
const LINKS: u32 = 40;

/// Names still to be walked, each with a slash behind it. They stand at the end of the buffer, so
/// that the text of a symbolic link fits in before them.
struct Ahead {
    bytes: [u8; PATH],
    start: usize,
}

impl Ahead {
    /// Puts a path before the names that are left.
    fn prepend(&mut self, path: &[u8]) -> Result {
        let start = self.start.checked_sub(path.len() + 1).ok_or(Errno::Nametoolong)?;
        put(&mut self.bytes, start, path, b'/')?;
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

/// Copies a name and the byte that ends it to `start` of a buffer.
fn put(buffer: &mut [u8], start: usize, name: &[u8], end: u8) -> Result {
    let place = buffer.get_mut(start..).and_then(|rest| rest.get_mut(..name.len() + 1));
    let (last, target) = place.and_then(<[u8]>::split_last_mut).ok_or(Errno::Nametoolong)?;
    target.copy_from_slice(name);
    *last = end;
    Ok(())
}

/// Walks to the directory that a path leads to; nothing if it is `start` itself.
///
/// `trail` holds the names that led from the start to where the walk is, none of them a link. `..`
/// goes that way again, without the last one: the parent of an open directory could meanwhile be
/// any directory of the system.
#[cold]
pub(in crate::sys) fn walk(start: Handle, path: &CStr) -> Result<Option<File>> {
    let mut ahead = Ahead { bytes: [0; PATH], start: PATH };
    ahead.prepend(path.to_bytes())?;
    let mut trail = [0u8; PATH];
    let mut trail_length = 0;
    let mut buffer = [0; NAME];
    let mut links = 0;
    let mut here: Option<File> = None;
    while let Some(name) = ahead.next() {
        if name.is_empty() || name == b"." {
            continue;
        }
        if name == b".." {
            // The way back ends behind the last NUL but one.
            let names: &[u8] = trail.get(..trail_length).unwrap_or(&[]);
            let (_, names) = names.split_last().ok_or(Errno::Perm)?;
            trail_length = names.iter().rposition(|&byte| byte == 0).map_or(0, |nul| nul + 1);
            here = None;
            let mut walked = 0;
            while walked < trail_length {
                // SAFETY: inside the trail, and behind the NUL of the name before.
                let name = unsafe { CStr::from_ptr(trail.as_ptr().add(walked).cast()) };
                walked += name.count_bytes() + 1;
                here = Some(step(here.as_ref().map_or(start, File::handle), name)?);
            }
            continue;
        }
        put(&mut buffer, 0, name, 0)?;
        // SAFETY: the line above put a NUL behind the name.
        let name = unsafe { CStr::from_ptr(buffer.as_ptr().cast()) };
        let from = here.as_ref().map_or(start, File::handle);
        match step(from, name) {
            Ok(directory) => {
                put(&mut trail, trail_length, name.to_bytes(), 0)?;
                trail_length += name.count_bytes() + 1;
                here = Some(directory);
            }
            Err(errno @ (Host::NOTDIR | Host::LOOP)) => {
                let mut text = [const { MaybeUninit::uninit() }; PATH];
                let text = match read_link(from, name, &mut text) {
                    // Not a link.
                    Err(Errno::Inval) => return Err(errno.into()),
                    text => text?,
                };
                links += 1;
                match text.first() {
                    _ if links > LINKS => return Err(Errno::Loop),
                    None => return Err(Errno::Noent),
                    Some(b'/') => return Err(Errno::Perm),
                    Some(_) => ahead.prepend(text)?,
                }
            }
            Err(errno) => return Err(errno.into()),
        }
    }
    Ok(here)
}
