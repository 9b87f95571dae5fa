//! Opening below a directory, without ever leaving it.
//!
//! Linux 5.6 and later keep a path inside by themselves (`openat2`). Where the kernel is older, or a
//! sandbox around the process does not let that call through, the walk does it.

use core::ffi::CStr;
use core::sync::atomic::{AtomicBool, Ordering};

use rustix::fs::{Mode, OFlags, ResolveFlags};
use rustix::io::{self, Errno as Linux};

use super::files::{File, Handle, ON_THE_WAY, open};
use crate::sys::unix::paths::walk;
pub(crate) use crate::sys::unix::paths::{How, open_at};
use crate::wasi::{Errno, Result};

/// How often a path with `..` is tried again while directories are renamed all over the system.
const TRIES: u32 = 8;

/// `openat2`; nothing when it cannot be had.
fn beneath(start: Handle, path: &CStr, flags: OFlags, mode: Mode) -> Option<io::Result<File>> {
    static MISSING: AtomicBool = AtomicBool::new(false);
    if MISSING.load(Ordering::Relaxed) {
        return None;
    }
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    let mut tries = 0;
    loop {
        match open(start, path, flags, mode, resolve) {
            // Renames went on meanwhile; the kernel cannot vouch for `..` then.
            Err(Linux::AGAIN) if tries < TRIES => tries += 1,
            // A filter of system calls that does not know this one refuses it like so. The walk
            // finds out whether it was the file.
            Err(Linux::AGAIN | Linux::PERM) => return None,
            Err(Linux::NOSYS) => {
                MISSING.store(true, Ordering::Relaxed);
                return None;
            }
            // Across a border that may not be crossed: outside.
            Err(Linux::XDEV) => return Some(Err(Linux::PERM)),
            result => return Some(result),
        }
    }
}

/// Opens what a path leads to; nothing when the kernel cannot keep the path inside.
pub(crate) fn open_beneath(start: Handle, path: &CStr, how: &How) -> Option<Result<Handle>> {
    let mut flags = how.flags();
    flags.set(OFlags::NOFOLLOW, !how.follow);
    let file = beneath(start, path, flags, how.mode())?;
    Some(file.map_err(Errno::from).and_then(File::keep))
}

/// Opens the directory that a path leads to, to go on from there; nothing if it is `start` itself.
pub(crate) fn directory_beneath(start: Handle, path: &CStr) -> Result<Option<Handle>> {
    match beneath(start, path, ON_THE_WAY, Mode::empty()) {
        Some(directory) => directory?.keep().map(Some),
        None => walk(start, path)?.map(File::keep).transpose(),
    }
}
