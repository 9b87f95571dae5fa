//! Names in directories, as the kernel may see them.
//!
//! A symbolic link with a slash behind its name is followed, by calls too that follow none otherwise, and wherever it leads. So
//! the kernel sees no slash, and what it says of the file is found out before.

use super::files::{Handle, attributes_at};
use crate::wasi::{Errno, Filetype, Result};
use core::ffi::CStr;
use core::mem::MaybeUninit;

/// Bytes of the longest name that the system looks at, with its NUL.
const SIZE: usize = 1024;

/// A name without slashes.
pub(super) struct Name {
    bytes: MaybeUninit<[u8; SIZE]>,
    /// It had slashes behind it, which ask for a directory.
    pub(super) wants_directory: bool,
}

impl Name {
    /// The name in `text`, which may have slashes behind it.
    pub(super) fn of(text: &CStr) -> Result<Name> {
        let bytes = text.to_bytes();
        let mut stem = bytes;
        while let [rest @ .., b'/'] = stem {
            stem = rest;
        }
        if stem.len() >= SIZE {
            return Err(Errno::Nametoolong);
        }
        let mut name = Name { bytes: MaybeUninit::uninit(), wants_directory: stem.len() < bytes.len() };
        let start: *mut u8 = name.bytes.as_mut_ptr().cast();
        // SAFETY: with its NUL, it fits in.
        unsafe {
            start.copy_from_nonoverlapping(stem.as_ptr(), stem.len());
            start.add(stem.len()).write(0);
        }
        Ok(name)
    }

    /// As a system call takes it.
    pub(super) fn text(&self) -> &CStr {
        // SAFETY: a NUL ends it.
        unsafe { CStr::from_ptr(self.bytes.as_ptr().cast()) }
    }

    /// Whether a directory has this name; an error when nothing has.
    pub(super) fn is_directory(&self, directory: Handle) -> Result<bool> {
        Ok(attributes_at(directory, self.text())?.filetype == Filetype::Directory)
    }
}
