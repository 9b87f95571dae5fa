//! Opening below a directory, without ever leaving it.
//!
//! Each name is opened in the directory before it, which is open: whatever a text of several names would mean to this system
//! besides (`/.vol`, `/.nofollow`, `..namedfork`), it is never shown one.

use core::ffi::CStr;

use super::files::{File, Handle};
use crate::sys::unix::paths::walk;
pub(crate) use crate::sys::unix::paths::{How, open_at};
use crate::wasi::Result;

/// Opens what a path leads to; nothing, as the kernel cannot keep the path inside.
pub(crate) fn open_beneath(_start: Handle, _path: &CStr, _how: &How) -> Option<Result<Handle>> {
    None
}

/// Opens the directory that a path leads to, to go on from there; nothing if it is `start` itself.
pub(crate) fn directory_beneath(start: Handle, path: &CStr) -> Result<Option<Handle>> {
    walk(start, path)?.map(File::keep).transpose()
}
