//! Paths, and how they stay inside the directory they start from.
//!
//! A path is split into a directory and a last name. The directory is opened by
//! `paths::directory_beneath`, which never leaves the granted directory; the name alone then goes
//! to a system call that does not follow a link there. Where the program wants a link followed, its
//! text takes the name's place in the path and all of this happens again, so it cannot lead outside
//! either.

use core::ffi::{CStr, c_char};
use core::mem::MaybeUninit;

use super::descriptor::{self, Descriptor, Kind};
use super::guest::Guest;
use super::{Errno, Result};
use crate::sys::files::{self, Handle};
use crate::sys::paths;

/// Bytes of the longest path, with its NUL: what Linux takes.
const SIZE: usize = 4096;

/// Symbolic links that are followed for one path: what Linux follows.
const LINKS: u32 = 40;

/// The name of a directory in itself. As a string constant it would share a section with all
/// others, and each program would carry them.
struct Itself([u8; 2]);

static ITSELF: Itself = Itself(*b".\0");

impl Itself {
    fn text(&self) -> &CStr {
        // SAFETY: a NUL ends it.
        unsafe { CStr::from_ptr(self.0.as_ptr().cast()) }
    }
}

/// A path, ending in a NUL.
pub(super) struct Path {
    bytes: MaybeUninit<[u8; SIZE]>,
    length: usize,
    links: u32,
}

/// What the last name of a path is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To be made, removed or renamed. The kernel knows what slashes behind it mean then, and
    /// follows nothing.
    Entry,
    /// To be looked at, or to become a link. Slashes behind it ask for what a directory, or a link
    /// to one, leads to.
    Target,
}

/// Where a path leads: a directory, open for as long as this lives, and a name in it.
pub(super) struct Place {
    opened: Option<Handle>,
    start: Handle,
    name: Option<usize>,
}

impl Place {
    /// The directory.
    pub(super) fn directory(&self) -> Handle {
        self.opened.unwrap_or(self.start)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(handle) = self.opened {
            files::close(handle);
        }
    }
}

impl Path {
    /// A path that is still to be set.
    pub(super) fn new() -> Path {
        Path { bytes: MaybeUninit::uninit(), length: 0, links: 0 }
    }

    fn bytes(&mut self) -> *mut u8 {
        self.bytes.as_mut_ptr().cast()
    }

    /// Replaces what comes from `start` on by `bytes`.
    fn replace(&mut self, start: usize, bytes: &[u8]) -> Result {
        if bytes.len() >= SIZE - start {
            return Err(Errno::Nametoolong);
        }
        self.length = start + bytes.len();
        // SAFETY: with its NUL, it fits into the buffer.
        unsafe {
            let target = self.bytes().add(start);
            target.copy_from_nonoverlapping(bytes.as_ptr(), bytes.len());
            target.add(bytes.len()).write(0);
        }
        Ok(())
    }

    /// Takes a path of the host.
    pub(super) fn set(&mut self, path: &[u8]) -> Result {
        self.replace(0, path)
    }

    /// Takes a path of the program: relative, valid UTF-8, not empty, without NULs.
    pub(super) fn read(&mut self, guest: Guest, address: u32, length: u32) -> Result {
        let start = guest.range(address, u64::from(length))?;
        // SAFETY: the range is inside the program's memory, which does not change meanwhile.
        self.set(unsafe { core::slice::from_raw_parts(start, length as usize) })?;
        // SAFETY: just written.
        let path = unsafe { core::slice::from_raw_parts(self.bytes(), self.length) };
        if !is_utf8(path) {
            return Err(Errno::Ilseq);
        }
        match path.first() {
            None => Err(Errno::Noent),
            Some(b'/') => Err(Errno::Perm),
            Some(_) if self.text().count_bytes() < path.len() => Err(Errno::Inval),
            Some(_) => Ok(()),
        }
    }

    /// The path as a system call takes it.
    pub(super) fn text(&self) -> &CStr {
        // SAFETY: a path that was set ends in a NUL.
        unsafe { CStr::from_ptr(self.bytes.as_ptr().cast()) }
    }

    /// Opens the directory that the path leads to below `start`. Until it is set again, the path
    /// is good for nothing but the place's name.
    pub(super) fn place(&mut self, start: Handle, purpose: Purpose) -> Result<Place> {
        // SAFETY: set, so this many bytes are there, with a NUL behind them.
        let path = unsafe { core::slice::from_raw_parts_mut(self.bytes(), self.length) };
        let end = path.iter().rposition(|&byte| byte != b'/').map_or(0, |last| last + 1);
        let slashes_behind = end < path.len();
        let stem = path.get(..end).unwrap_or(&[]);
        let name = stem.iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
        let goes_up = stem.get(name..) == Some(b"..");
        let whole = goes_up || slashes_behind && purpose == Purpose::Target;
        if !whole && name == 0 {
            return Ok(Place { opened: None, start, name: Some(0) });
        }
        if !whole && let Some(slash) = path.get_mut(name - 1) {
            *slash = 0;
        }
        let opened = paths::directory_beneath(start, self.text())?;
        Ok(Place { opened, start, name: (!whole).then_some(name) })
    }

    /// The name at a place that this path gave.
    pub(super) fn name(&self, place: &Place) -> &CStr {
        match place.name {
            // SAFETY: where `place` found the name, and a NUL ends it.
            Some(start) => unsafe { CStr::from_ptr(self.bytes.as_ptr().cast::<c_char>().add(start)) },
            None => ITSELF.text(),
        }
    }

    /// Puts the text of the symbolic link at `place` into the path; false if there is no link.
    pub(super) fn follow(&mut self, place: &Place) -> Result<bool> {
        let mut buffer = [const { MaybeUninit::uninit() }; SIZE];
        let text = match files::read_link(place.directory(), self.name(place), &mut buffer) {
            Err(Errno::Inval) => return Ok(false),
            text => text?,
        };
        self.links += 1;
        match text.first() {
            _ if self.links > LINKS => return Err(Errno::Loop),
            None => return Err(Errno::Noent),
            Some(b'/') => return Err(Errno::Perm),
            Some(_) => {}
        }
        let start = place.name.unwrap_or(0);
        self.replace(start, text)?;
        if let Some(slash) = start.checked_sub(1) {
            // SAFETY: inside the path: `place` put a NUL here.
            unsafe { self.bytes().add(slash).write(b'/') };
        }
        Ok(true)
    }
}

/// A directory through which a path is looked up, with a right.
pub(super) fn directory(fd: u32, needed: u64) -> Result<Descriptor> {
    super::prestat::open_all();
    let descriptor = descriptor::get(fd)?;
    if descriptor.kind != Kind::Directory {
        return Err(Errno::Badf);
    }
    descriptor.need(needed)?;
    Ok(descriptor)
}

/// The same, of a grant that is not read-only.
pub(super) fn changeable(fd: u32, needed: u64) -> Result<Descriptor> {
    let directory = directory(fd, needed)?;
    if directory.read_only { Err(Errno::Perm) } else { Ok(directory) }
}

/// Whether bytes are UTF-8, as the Unicode standard defines it (table 3-7). The library's own check
/// is faster on long texts, and several times as large.
fn is_utf8(mut bytes: &[u8]) -> bool {
    loop {
        let (continuation, least, rest) = match *bytes {
            [] => return true,
            [0..=0x7f, ref rest @ ..] => (0, 0, rest),
            [lead @ 0xc2..=0xdf, ref rest @ ..] => (1, u32::from(lead), rest),
            [lead @ 0xe0..=0xef, ref rest @ ..] => (2, u32::from(lead), rest),
            [lead @ 0xf0..=0xf4, ref rest @ ..] => (3, u32::from(lead), rest),
            _ => return false,
        };
        let Some((tail, rest)) = rest.split_at_checked(continuation) else { return false };
        if tail.iter().any(|byte| byte & 0xc0 != 0x80) {
            return false;
        }
        // The second byte rules out what is too long, the surrogates, and what is past the end.
        let second = tail.first().copied().unwrap_or(0);
        match (least, second) {
            (0xe0, ..0xa0) | (0xed, 0xa0..) | (0xf0, ..0x90) | (0xf4, 0x90..) => return false,
            _ => bytes = rest,
        }
    }
}
