//! Reading the entries of directories.

use core::ffi::CStr;
use core::mem::MaybeUninit;

use rustix::fs::FileType;

use super::calls::{GETDENTS64, call};
use super::files::{Handle, Origin, filetype, seek};
use crate::wasi::{Filetype, Result};

/// Bytes of the kernel's entries that are read at a time.
const BATCH: usize = 8192;

/// The kernel's entries, which are aligned so.
#[repr(align(8))]
struct Batch(MaybeUninit<[u8; BATCH]>);

/// The head of `struct linux_dirent64`; the name follows it, with a NUL.
#[derive(Clone, Copy)]
#[repr(C)]
struct Head {
    inode: u64,
    next: u64,
    length: u16,
    kind: u8,
}

/// Where the name begins: right behind the kind.
const NAME: usize = 19;

/// An entry of a directory.
pub(crate) struct Entry<'a> {
    /// Its name.
    pub(crate) name: &'a CStr,
    /// Where reading goes on behind it.
    pub(crate) next: u64,
    /// The number of its file on the device.
    pub(crate) inode: u64,
    /// What it is, or unknown where the file system does not say.
    pub(crate) filetype: Filetype,
}

/// Shows `visit` the entries of a directory, from the start on for 0, or from behind the entry whose
/// `next` is given, until there are no more or it has seen enough.
pub(crate) fn each(directory: Handle, place: u64, visit: &mut dyn FnMut(Entry<'_>) -> Result<bool>) -> Result {
    seek(directory, place as i64, Origin::Start)?;
    let mut batch = Batch(MaybeUninit::uninit());
    let start: *mut u8 = batch.0.as_mut_ptr().cast();
    loop {
        // SAFETY: the kernel fills the batch, and no more of it than there is.
        let filled = unsafe { call(GETDENTS64, [directory.number() as usize, start.addr(), BATCH, 0]) }?;
        if filled == 0 {
            return Ok(());
        }
        let mut at = 0;
        while at < filled {
            // SAFETY: the kernel filled in whole entries, each of which tells where the next one is.
            let (head, name) = unsafe {
                let entry = start.add(at);
                (entry.cast::<Head>().read(), CStr::from_ptr(entry.add(NAME).cast()))
            };
            at += usize::from(head.length);
            let (inode, next) = (head.inode, head.next);
            let filetype = filetype(FileType::from_raw_mode(u32::from(head.kind) << 12));
            if !visit(Entry { name, next, inode, filetype })? {
                return Ok(());
            }
        }
    }
}
