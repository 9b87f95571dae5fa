//! Reading the entries of directories.
//!
//! The system gives entries from the start on or from where it stands, and has no numbers for places in between: they are
//! kept in a list.

use super::files::{Handle, filetype};
use super::nt::{Answer, Status};
use super::reparse::kind_of;
use super::text;
use crate::sys::hosted::listing::{self, Filling};
use crate::wasi::Result;
use core::ptr::{null, null_mut};
use windows_sys::Wdk::Storage::FileSystem::{FileIdFullDirectoryInformation, NtQueryDirectoryFile};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::IO::IO_STATUS_BLOCK;

pub(crate) use crate::sys::hosted::listing::Entry;

/// Shows `visit` the entries of a directory, from the start on for 0, or from behind the entry whose
/// `next` is given, until there are no more or it has seen enough.
pub(crate) fn each(directory: Handle, place: u64, visit: &mut dyn FnMut(Entry<'_>) -> Result<bool>) -> Result {
    listing::each(directory, place, fill, visit)
}

/// `FILE_ID_FULL_DIR_INFORMATION`: the head of the system's entry, which its name follows.
#[derive(Clone, Copy)]
#[repr(C)]
struct Head {
    next: u32,
    index: u32,
    times: [i64; 4],
    size: i64,
    allocated: i64,
    attributes: u32,
    name_length: u32,
    /// Of a link, its tag.
    attributes_size: u32,
    inode: u64,
}

/// Where the name begins.
const NAME: usize = size_of::<Head>();

/// Bytes of the system's entries that are read at a time.
const BATCH: usize = 16 << 10;

#[repr(align(8))]
struct Batch([u8; BATCH]);

/// Adds all entries of a directory to `list`.
fn fill(directory: Handle, list: &mut Filling) -> Result {
    let mut batch = Batch([0; BATCH]);
    let mut restart = true;
    loop {
        match next_batch(directory.get(), &mut batch, restart) {
            Ok(0) | Err(Status::NO_MORE_FILES) => return Ok(()),
            filled => filled?,
        };
        restart = false;
        let mut at = 0;
        loop {
            // SAFETY: the system filled in whole entries, each of which tells where the next one is.
            let (head, name) = unsafe {
                let entry = batch.0.as_ptr().add(at);
                let head = entry.cast::<Head>().read();
                (head, core::slice::from_raw_parts(entry.add(NAME).cast::<u16>(), head.name_length as usize / 2))
            };
            let kind = kind_of(head.attributes, head.attributes_size);
            let mut length = 0;
            text::to_bytes(name.iter().copied(), |_| length += 1);
            list.append(head.inode, filetype(kind), length, |bytes| {
                text::write_bytes(name.iter().copied(), bytes);
            })?;
            if head.next == 0 {
                break;
            }
            at += head.next as usize;
        }
    }
}

fn next_batch(directory: HANDLE, batch: &mut Batch, restart: bool) -> Answer<usize> {
    let mut block = IO_STATUS_BLOCK::default();
    // SAFETY: the system fills in no more than the batch.
    let status = unsafe {
        NtQueryDirectoryFile(
            directory,
            null_mut(),
            None,
            null(),
            &mut block,
            batch.0.as_mut_ptr().cast(),
            BATCH as u32,
            FileIdFullDirectoryInformation,
            false,
            null(),
            restart,
        )
    };
    if status < 0 { Err(Status(status)) } else { Ok(block.Information) }
}
