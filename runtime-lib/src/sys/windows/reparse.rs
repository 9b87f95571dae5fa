//! Links: what the system calls reparse points.
//!
//! Of those that stand for another name, only symbolic links with a relative text are followed, by us and name by name. All
//! others, junctions and mounted volumes among them, lead to the host's own places, and are as good as absolute.
//!
//! Those that stand for nothing else are files, which a filter of the file system has stored elsewhere. Where there is no such
//! filter, the system refuses to open what is stored.

use super::entries::identity;
use super::nt::{self, Answer, Status};
use super::text;
use crate::wasi::{Errno, Result};
use windows_sys::Wdk::Storage::FileSystem::FileAttributeTagInformation;
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::Storage::FileSystem::{
    FILE_ATTRIBUTE_DIRECTORY, FILE_ATTRIBUTE_REPARSE_POINT, FILE_ATTRIBUTE_TAG_INFO,
};

/// What an open file is, as far as paths are concerned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A directory.
    Directory,
    /// A symbolic link or another one.
    Link,
    /// Anything else.
    File,
}

/// `IO_REPARSE_TAG_SYMLINK`
const SYMBOLIC_LINK: u32 = 0xa000_000c;
/// The bit of a tag that says that the file stands for another name; without it, a filter of the file system has stored
/// the file elsewhere, and it is a file to everybody.
const STANDS_FOR_ANOTHER: u32 = 0x2000_0000;

/// What it is by its attributes, and its tag.
pub(super) fn kind_of(attributes: u32, tag: u32) -> Kind {
    if attributes & FILE_ATTRIBUTE_REPARSE_POINT != 0 && tag & STANDS_FOR_ANOTHER != 0 {
        Kind::Link
    } else if attributes & FILE_ATTRIBUTE_DIRECTORY != 0 {
        Kind::Directory
    } else {
        Kind::File
    }
}

/// A file that is open itself, as everybody else sees it: what is stored elsewhere is opened there, by whoever stores it, who
/// acts as the system does for a file that is opened without more ado. Nothing is followed that leads to another name, and the
/// file stays the same. Tells what it is besides.
pub(super) fn as_stored(file: nt::File, access: u32, options: u32) -> Result<(nt::File, Kind)> {
    // SAFETY: the record of the class.
    let record: FILE_ATTRIBUTE_TAG_INFO = unsafe { nt::query(file.handle(), FileAttributeTagInformation) }?;
    let kind = kind_of(record.FileAttributes, record.ReparseTag);
    if record.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT == 0 || kind == Kind::Link {
        return Ok((file, kind));
    }
    let stored = nt::open_again(file.handle(), access, options)?;
    // Somebody may have made a link of the very file meanwhile.
    if identity(stored.handle())? == identity(file.handle())? { Ok((stored, kind)) } else { Err(Errno::Perm) }
}

/// What an open file is.
pub(super) fn kind(file: HANDLE) -> Answer<Kind> {
    // SAFETY: the record of the class.
    let record: FILE_ATTRIBUTE_TAG_INFO = unsafe { nt::query(file, FileAttributeTagInformation) }?;
    Ok(kind_of(record.FileAttributes, record.ReparseTag))
}

const FSCTL_GET_REPARSE_POINT: u32 = 0x9_00a8;
const FSCTL_SET_REPARSE_POINT: u32 = 0x9_00a4;

/// Bytes of the largest record.
const MOST: usize = 16 << 10;
/// Where the names of a symbolic link begin.
const NAMES: usize = 20;
/// The flag of a link that is relative to its directory.
const RELATIVE: u32 = 1;

fn half(record: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*record.get(at..)?.first_chunk()?))
}

fn word(record: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*record.get(at..)?.first_chunk()?))
}

/// The text of a link with slashes, cut off at the end of the buffer; a slash alone where it is not relative.
pub(super) fn read(file: HANDLE, buffer: &mut [u8]) -> Answer<usize> {
    let mut record = [0; MOST];
    let length = nt::control(file, FSCTL_GET_REPARSE_POINT, &[], &mut record)?;
    let record = record.get(..length).unwrap_or(&[]);
    // The record: tag, length, then for a symbolic link where two names are and how long they are, and flags.
    let text = || {
        let is_relative = word(record, 0)? == SYMBOLIC_LINK && word(record, 16)? & RELATIVE != 0;
        let (start, length) = (usize::from(half(record, 8)?), usize::from(half(record, 10)?));
        record.get(NAMES + start..)?.get(..length).filter(|_| is_relative)
    };
    let mut filled = 0;
    let mut put = |byte: u8| {
        if let Some(place) = buffer.get_mut(filled) {
            *place = if byte == b'\\' { b'/' } else { byte };
            filled += 1;
        }
    };
    match text() {
        Some(text) => {
            let units = text.chunks_exact(2).map(|unit| u16::from(unit[0]) | u16::from(unit[1]) << 8);
            text::to_bytes(units, &mut put);
        }
        None => put(b'/'),
    }
    Ok(filled)
}

/// The length of a link's text, which has to be short enough for a path; else 0.
pub(super) fn length(file: HANDLE) -> usize {
    let mut text = [0; 4096];
    read(file, &mut text).unwrap_or(0)
}

/// Makes of an empty file or directory a symbolic link with a relative text.
pub(super) fn write(file: HANDLE, text: &[u8]) -> Answer {
    const TOO_LONG: Status = Status(0xc000_0106_u32 as i32);
    const HEADER: usize = 8;
    let mut units = [0u16; 4096];
    let count = text::to_units(text, &mut units).ok_or(TOO_LONG)?;
    let mut record = [0; MOST];
    let length = count * 2;
    // The text is there twice: as the system follows it, and as people see it.
    let halves = [0, length as u16, length as u16, length as u16];
    let body = NAMES - HEADER + 2 * length;
    let head = SYMBOLIC_LINK.to_le_bytes().into_iter().chain((body as u32).to_le_bytes());
    let places = halves.iter().flat_map(|half: &u16| half.to_le_bytes());
    let flags = RELATIVE.to_le_bytes();
    let slash = |unit: &u16| if *unit == u16::from(b'/') { u16::from(b'\\') } else { *unit };
    let name = units.iter().take(count).flat_map(|unit| slash(unit).to_le_bytes());
    let names = name.clone().chain(name);
    let input = record.get_mut(..HEADER + body).ok_or(TOO_LONG)?;
    input.iter_mut().zip(head.chain(places).chain(flags).chain(names)).for_each(|(place, byte)| *place = byte);
    nt::control(file, FSCTL_SET_REPARSE_POINT, input, &mut []).map(|_| ())
}
