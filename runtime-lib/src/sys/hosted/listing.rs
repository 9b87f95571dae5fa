//! The entries of directories, for systems that have no numbers for places among them.
//!
//! The first read takes all of them, and a place is a number in that list: it stays good while entries come and go. The list is
//! given back when the directory is read from the start again, or closed.

use crate::sys::files::Handle;
use crate::sys::mapping;
use crate::wasi::{Errno, Filetype, Result};
use core::cell::UnsafeCell;
use core::ffi::CStr;
use core::hint::black_box;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

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

/// A list that is being filled.
pub(in crate::sys) struct Filling(*mut List);

impl Filling {
    /// Adds an entry behind the others, whose name has `length` bytes and is written by `write_name`.
    pub(in crate::sys) fn append(
        &mut self,
        inode: u64,
        filetype: Filetype,
        length: usize,
        write_name: impl FnOnce(&mut [u8]),
    ) -> Result {
        let size = (size_of::<Kept>() + length + 1).next_multiple_of(align_of::<Kept>());
        // SAFETY: the list is nobody else's; behind what is used, it has room for the entry, all of it zeros.
        unsafe {
            while (*self.0).used + size > (*self.0).capacity {
                let (old, new) = ((*self.0).capacity, (*self.0).capacity * 2);
                self.0 = mapping::lengthen(self.0.cast(), old as u64, new as u64).ok_or(Errno::Nomem)?.cast();
                (*self.0).capacity = new;
            }
            let start = self.0.byte_add((*self.0).used).cast::<Kept>();
            start.write(Kept { inode, filetype, length: length as u32 + 1 });
            write_name(core::slice::from_raw_parts_mut(start.add(1).cast(), length));
            (*self.0).used += size;
        }
        Ok(())
    }
}

/// What adds all entries of a directory to a list.
type Fill = fn(directory: Handle, list: &mut Filling) -> Result;

/// Reads all entries of a directory.
fn read_all(directory: Handle, fill: Fill) -> Result<*mut List> {
    let list: *mut List = mapping::allocate(0, FIRST_PAGES as u64).ok_or(Errno::Nomem)?.cast();
    let first =
        List { directory, next: null_mut(), capacity: FIRST_PAGES, used: size_of::<List>(), mark: size_of::<List>() };
    // SAFETY: the pages are larger than that.
    unsafe { list.write(first) };
    let mut list = Filling(list);
    let filled = fill(directory, &mut list);
    if filled.is_err() {
        // SAFETY: nobody else knows of it yet.
        unsafe { mapping::release(list.0.cast(), (*list.0).capacity as u64) };
    }
    filled.map(|()| list.0)
}

/// What has to be told when a directory is closed; null before one is read.
static CLOSED: AtomicPtr<fn(Handle)> = AtomicPtr::new(null_mut());

/// To be called before a file is closed.
pub(in crate::sys) fn before_close(handle: Handle) {
    // SAFETY: null, or a static.
    if let Some(closed) = unsafe { CLOSED.load(Ordering::Relaxed).as_ref() } {
        closed(handle);
    }
}

/// Shows `visit` the entries of a directory, from the start on for 0, or from behind the entry whose
/// `next` is given, until there are no more or it has seen enough. Where there is no list yet, `fill` makes one.
pub(in crate::sys) fn each(
    directory: Handle,
    place: u64,
    fill: Fill,
    visit: &mut dyn FnMut(Entry<'_>) -> Result<bool>,
) -> Result {
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
            let list = read_all(directory, fill)?;
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
