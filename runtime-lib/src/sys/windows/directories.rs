//! Reading the entries of directories.
//!
//! The system gives entries from the start on or from where it stands, and has no numbers for places in between. So the first
//! read takes all of them, and a place is a number in that list: it stays good while entries come and go. The list is given
//! back when the directory is read from the start again, or closed.

use super::files::{CLOSED, Handle, filetype};
use super::mapping;
use super::nt::{Answer, Status};
use super::reparse::kind_of;
use super::text;
use crate::wasi::{Errno, Filetype, Result};
use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::hint::black_box;
use core::ptr::{null, null_mut};
use core::sync::atomic::Ordering;
use windows_sys::Wdk::Storage::FileSystem::{FileIdFullDirectoryInformation, NtQueryDirectoryFile};
use windows_sys::Win32::Foundation::HANDLE;
use windows_sys::Win32::System::IO::IO_STATUS_BLOCK;

/// An entry of a directory.
pub(crate) struct Entry<'a> {
    /// Its name.
    pub(crate) name: &'a CStr,
    /// Where reading goes on behind it.
    pub(crate) next: u64,
    /// The number of its file on the device.
    pub(crate) inode: u64,
    /// What it is.
    pub(crate) filetype: Filetype,
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

/// An entry as it is kept; the name follows it, with a NUL.
#[derive(Clone, Copy)]
#[repr(C)]
struct Kept {
    inode: u64,
    filetype: Filetype,
    /// Bytes of the name, with its NUL.
    length: u32,
}

/// The entries of a directory: pages, the first of which begin with this.
struct List {
    directory: Handle,
    /// The list of another directory.
    next: *mut List,
    /// Bytes of the pages, and how many of them are used.
    capacity: usize,
    used: usize,
    /// Where an entry begins that was asked for before.
    mark: usize,
}

/// All lists. Only the program's one thread touches them.
struct Lists(UnsafeCell<*mut List>);

// SAFETY: there is one thread.
unsafe impl Sync for Lists {}

static LISTS: Lists = Lists(UnsafeCell::new(null_mut()));

/// The link that leads to the list of a directory, or the null at the end.
fn find(directory: Handle) -> *mut *mut List {
    let mut link = LISTS.0.get();
    // SAFETY: the lists are complete, and nobody else changes them.
    unsafe {
        while !(*link).is_null() && (**link).directory != directory {
            link = &raw mut (**link).next;
        }
    }
    link
}

/// Gives the list of a directory back, if there is one.
fn forget(directory: Handle) {
    let link = find(directory);
    // SAFETY: a list that nobody refers to any more.
    unsafe {
        let list = *link;
        if !list.is_null() {
            *link = (*list).next;
            mapping::release(list.cast(), (*list).capacity as u64);
        }
    }
}

/// Bytes of the first pages of a list.
const FIRST_PAGES: usize = 64 << 10;

/// Adds an entry behind the others; gives the list, which may have moved.
fn append(list: *mut List, kept: Kept, name: impl Iterator<Item = u16> + Clone) -> Result<*mut List> {
    let mut bytes = 1;
    text::to_bytes(name.clone(), |_| bytes += 1);
    let size = (size_of::<Kept>() + bytes).next_multiple_of(align_of::<Kept>());
    // SAFETY: the list is this function's alone; `start` has room for the entry.
    unsafe {
        let mut list = list;
        if (*list).used + size > (*list).capacity {
            let (old, new) = ((*list).capacity, (*list).capacity * 2);
            list = mapping::lengthen(list.cast(), old as u64, new as u64).ok_or(Errno::Nomem)?.cast();
            (*list).capacity = new;
        }
        let start = list.byte_add((*list).used).cast::<Kept>();
        start.write(Kept { length: bytes as u32, ..kept });
        let mut place = start.add(1).cast::<u8>();
        text::to_bytes(name, |byte| {
            place.write(byte);
            place = place.add(1);
        });
        place.write(0);
        (*list).used += size;
        Ok(list)
    }
}

/// Reads all entries of a directory.
fn read_all(directory: Handle) -> Result<*mut List> {
    let mut list: *mut List = mapping::allocate(0, FIRST_PAGES as u64).ok_or(Errno::Nomem)?.cast();
    let first =
        List { directory, next: null_mut(), capacity: FIRST_PAGES, used: size_of::<List>(), mark: size_of::<List>() };
    // SAFETY: the pages are larger than that.
    unsafe { list.write(first) };
    let filled = fill(directory, &mut list);
    if filled.is_err() {
        // SAFETY: nobody else knows of it yet.
        unsafe { mapping::release(list.cast(), (*list).capacity as u64) };
    }
    filled.map(|()| list)
}

fn fill(directory: Handle, list: &mut *mut List) -> Result {
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
            let kept = Kept { inode: head.inode, filetype: filetype(kind), length: 0 };
            *list = append(*list, kept, name.iter().copied())?;
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

/// Shows `visit` the entries of a directory, from the start on for 0, or from behind the entry whose
/// `next` is given, until there are no more or it has seen enough.
pub(crate) fn each(directory: Handle, place: u64, visit: &mut dyn FnMut(Entry<'_>) -> Result<bool>) -> Result {
    static FORGET: fn(Handle) = forget;
    // The optimizer must not see that this is all that is ever stored: it would call it directly, from every program.
    CLOSED.store(black_box((&raw const FORGET).cast_mut()), Ordering::Relaxed);
    if place == 0 {
        forget(directory);
    }
    let mut link = find(directory);
    // SAFETY: the lists are complete, and nothing that `visit` does changes them.
    unsafe {
        if (*link).is_null() {
            let list = read_all(directory)?;
            link = LISTS.0.get();
            (*list).next = *link;
            *link = list;
        }
        let list = *link;
        let mut at = locate(list, place)?;
        (*list).mark = at;
        while at < (*list).used {
            let (kept, name, next) = entry_at(list, at);
            at = next;
            if !visit(Entry { name, next: at as u64, inode: kept.inode, filetype: kept.filetype })? {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// The entry that begins at a place, and where the next one does.
///
/// # Safety
/// An entry of the list begins there.
unsafe fn entry_at<'a>(list: *mut List, at: usize) -> (Kept, &'a CStr, usize) {
    // SAFETY: the caller vouches for the place.
    unsafe {
        let entry = list.byte_add(at).cast::<Kept>();
        let kept = entry.read();
        let size = (size_of::<Kept>() + kept.length as usize).next_multiple_of(align_of::<Kept>());
        (kept, CStr::from_ptr(entry.add(1).cast()), at + size)
    }
}

/// The place in the list that the program names: any number may come from it, so it is looked for among those that begin
/// an entry.
///
/// # Safety
/// The list is complete.
unsafe fn locate(list: *mut List, place: u64) -> Result<usize> {
    let wanted = usize::try_from(place).map_err(|_| Errno::Inval)?.max(size_of::<List>());
    // SAFETY: `mark` is a place that begins an entry, as is what follows one, up to the end.
    unsafe {
        let mut at = if (*list).mark <= wanted { (*list).mark } else { size_of::<List>() };
        while at < wanted && at < (*list).used {
            at = entry_at(list, at).2;
        }
        if at == wanted || at >= (*list).used { Ok(at) } else { Err(Errno::Inval) }
    }
}
