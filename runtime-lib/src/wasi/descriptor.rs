//! The program's descriptors: which numbers are in use, and for what.
//!
//! Numbers 0 to 2 are the standard streams, the granted directories follow from 3 on once something
//! asks for them (`prestat`), and each opened file gets the lowest number that is free. A program
//! that opens nothing keeps the three entries it starts with; the first one more moves the table
//! into pages of its own, which double when they are full.

use core::cell::UnsafeCell;
use core::ptr::null_mut;

use super::guest::Guest;
use super::layout::{Filetype, fdflags, rights};
use super::{Errno, Result};
use crate::sys::files::{self, Handle};
use crate::sys::mapping;

/// What stands behind a number.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Kind {
    /// Nothing: the number is free.
    Free = 0,
    /// Standard input.
    Input,
    /// Standard output or standard error.
    Output,
    /// Anything that was opened and is not a directory.
    File,
    /// A directory.
    Directory,
}

/// An entry of the table.
#[derive(Clone, Copy)]
pub(super) struct Descriptor {
    /// The host's file.
    pub(super) handle: Handle,
    /// For a granted directory, its place among the grants plus one; else 0.
    pub(super) preopen: u32,
    /// The rights it has not given up: what a call needs is checked against this.
    pub(super) rights: u64,
    /// The rights that what is opened through it starts with.
    pub(super) inheriting: u64,
    /// `fdflags` as the program sees them.
    pub(super) flags: u16,
    /// What it is.
    pub(super) kind: Kind,
    /// The kind of file, for a directory or file.
    pub(super) filetype: Filetype,
    /// Opened for reading.
    pub(super) readable: bool,
    /// Opened for writing.
    pub(super) writable: bool,
    /// Nothing may be changed through it: it comes from a read-only grant.
    pub(super) read_only: bool,
}

impl Descriptor {
    const fn stream(handle: Handle, kind: Kind) -> Descriptor {
        Descriptor {
            handle,
            preopen: 0,
            rights: u64::MAX,
            inheriting: u64::MAX,
            flags: 0,
            kind,
            filetype: Filetype::Unknown,
            readable: matches!(kind, Kind::Input),
            writable: matches!(kind, Kind::Output),
            read_only: false,
        }
    }

    /// A granted directory, the one at `index` among the grants.
    pub(super) const fn preopen(handle: Handle, index: u32, read_only: bool) -> Descriptor {
        Descriptor {
            preopen: index + 1,
            kind: Kind::Directory,
            filetype: Filetype::Directory,
            readable: true,
            read_only,
            ..Descriptor::stream(handle, Kind::Free)
        }
    }

    /// A socket.
    pub(super) const fn socket(handle: Handle, rights: u64, nonblocking: bool) -> Descriptor {
        Descriptor {
            rights,
            flags: if nonblocking { fdflags::NONBLOCK } else { 0 },
            kind: Kind::File,
            filetype: Filetype::SocketStream,
            readable: true,
            writable: true,
            ..Descriptor::stream(handle, Kind::Free)
        }
    }

    /// Errors unless the descriptor still has the right, or all of the rights, `needed`.
    pub(super) fn need(&self, needed: u64) -> Result {
        if self.rights & needed == needed { Ok(()) } else { Err(Errno::Notcapable) }
    }

    /// The rights as `fd_fdstat_get` reports them: base and inheriting.
    pub(super) fn reported_rights(&self) -> (u64, u64) {
        let (base, inheriting) = match self.kind {
            Kind::Free | Kind::Input => (rights::FD_READ, rights::FD_READ),
            Kind::Output => (rights::FD_WRITE, rights::FD_WRITE),
            _ if self.preopen != 0 => (PREOPEN_RIGHTS, PREOPEN_INHERITING_RIGHTS),
            _ if self.filetype == Filetype::SocketStream => (SOCKET_RIGHTS, SOCKET_RIGHTS),
            _ => {
                let mut base = rights::ALL;
                if self.kind == Kind::Directory {
                    base &= !(rights::FD_SEEK | rights::FD_FILESTAT_SET_SIZE | rights::PATH_FILESTAT_SET_SIZE);
                }
                if !self.readable {
                    base &= !(rights::FD_READ | rights::FD_READDIR);
                }
                if !self.writable {
                    base &= !rights::FD_WRITE;
                }
                // A directory is never opened for writing, but files in it are.
                (base, if self.kind == Kind::Directory { rights::ALL } else { base })
            }
        };
        (base & self.rights, inheriting & self.inheriting)
    }
}

/// What a socket reports. The right to accept is one that a connection does not have.
const SOCKET_RIGHTS: u64 = rights::FD_READ
    | rights::FD_WRITE
    | rights::FD_FDSTAT_SET_FLAGS
    | rights::FD_FILESTAT_GET
    | rights::POLL_FD_READWRITE
    | rights::SOCK_SHUTDOWN
    | rights::SOCK_ACCEPT;

/// What a granted directory reports: C libraries look here for what they may ask of it.
const PREOPEN_RIGHTS: u64 = rights::PATH_CREATE_DIRECTORY
    | rights::PATH_CREATE_FILE
    | rights::PATH_LINK_SOURCE
    | rights::PATH_LINK_TARGET
    | rights::PATH_OPEN
    | rights::FD_READDIR
    | rights::PATH_READLINK
    | rights::PATH_RENAME_SOURCE
    | rights::PATH_RENAME_TARGET
    | rights::PATH_SYMLINK
    | rights::PATH_REMOVE_DIRECTORY
    | rights::PATH_UNLINK_FILE
    | rights::PATH_FILESTAT_GET
    | rights::PATH_FILESTAT_SET_TIMES
    | rights::FD_FILESTAT_GET
    | rights::FD_FILESTAT_SET_TIMES;

/// What can be had through a granted directory.
const PREOPEN_INHERITING_RIGHTS: u64 = PREOPEN_RIGHTS
    | rights::FD_DATASYNC
    | rights::FD_READ
    | rights::FD_SEEK
    | rights::FD_FDSTAT_SET_FLAGS
    | rights::FD_SYNC
    | rights::FD_TELL
    | rights::FD_WRITE
    | rights::FD_ADVISE
    | rights::FD_ALLOCATE
    | rights::FD_FILESTAT_SET_SIZE
    | rights::POLL_FD_READWRITE;

/// The entries, and where to look for a free one.
struct Table {
    /// The first entry; null while the table is `standard`.
    entries: *mut Descriptor,
    /// Entries at `entries`.
    capacity: usize,
    /// No number below this one is free.
    lowest: usize,
    /// The entries a program starts with.
    standard: [Descriptor; 3],
}

/// A value that only the program's one thread touches.
struct Single<T>(UnsafeCell<T>);

// SAFETY: there is one thread.
unsafe impl<T> Sync for Single<T> {}

static TABLE: Single<Table> = Single(UnsafeCell::new(Table {
    entries: null_mut(),
    capacity: 0,
    lowest: 3,
    standard: [
        Descriptor::stream(Handle::INPUT, Kind::Input),
        Descriptor::stream(Handle::OUTPUT, Kind::Output),
        Descriptor::stream(Handle::ERROR, Kind::Output),
    ],
}));

/// Bytes of the first pages the table moves into.
const FIRST_PAGES: usize = 4096;

impl Table {
    fn slots(&mut self) -> &mut [Descriptor] {
        if self.entries.is_null() {
            return &mut self.standard;
        }
        // SAFETY: `grow` made room for this many entries, and zeros are entries that are free.
        unsafe { core::slice::from_raw_parts_mut(self.entries, self.capacity) }
    }

    fn grow(&mut self) -> Result {
        const ENTRY: usize = size_of::<Descriptor>();
        let old = self.capacity * ENTRY;
        let new = if old == 0 { FIRST_PAGES } else { old * 2 };
        let entries: *mut Descriptor = if old == 0 {
            mapping::allocate(0, new as u64)
        } else {
            // SAFETY: these are the table's pages, and nothing points into them during a call.
            unsafe { mapping::lengthen(self.entries.cast(), old as u64, new as u64) }
        }
        .ok_or(Errno::Nomem)?
        .cast();
        if old == 0 {
            // SAFETY: the new pages are larger than the three entries.
            unsafe { entries.cast::<[Descriptor; 3]>().write(self.standard) };
        }
        self.entries = entries;
        self.capacity = new / ENTRY;
        Ok(())
    }
}

/// The table.
///
/// # Safety
/// What it gives is not used after the next call of this function.
unsafe fn table() -> &'static mut Table {
    // SAFETY: one thread, and the caller keeps one reference at a time.
    unsafe { &mut *TABLE.0.get() }
}

/// The entry of a number that is in use, to be changed.
///
/// # Safety
/// What it gives is not used after the table has been asked for anything else.
pub(super) unsafe fn entry(fd: u32) -> Result<&'static mut Descriptor> {
    // SAFETY: the caller promises the same.
    match unsafe { table() }.slots().get_mut(fd as usize) {
        Some(entry) if entry.kind != Kind::Free => Ok(entry),
        _ => Err(Errno::Badf),
    }
}

/// A copy of the entry of a number that is in use.
pub(super) fn get(fd: u32) -> Result<Descriptor> {
    // SAFETY: copied at once.
    Ok(*unsafe { entry(fd) }?)
}

/// A file, not a standard stream or a directory, that still has the right `needed`.
pub(super) fn file(fd: u32, needed: u64) -> Result<Descriptor> {
    let descriptor = get(fd)?;
    if descriptor.kind != Kind::File {
        return Err(Errno::Badf);
    }
    descriptor.need(needed)?;
    Ok(descriptor)
}

/// Puts a descriptor at the lowest free number, which it gives. The table grows when it is full.
pub(super) fn insert(descriptor: Descriptor) -> Result<u32> {
    insert_from(0, descriptor)
}

/// The same, for numbers from `minimum` on.
pub(super) fn insert_from(minimum: usize, descriptor: Descriptor) -> Result<u32> {
    // SAFETY: used in this function only, which asks for it once.
    let table = unsafe { table() };
    loop {
        let from = table.lowest.max(minimum);
        let slots = table.slots();
        let free = slots.iter().skip(from).position(|entry| entry.kind == Kind::Free);
        let number = free.map_or(slots.len(), |distance| from + distance);
        if let Some(slot) = slots.get_mut(number) {
            *slot = descriptor;
            if minimum <= table.lowest {
                table.lowest = number + 1;
            }
            return Ok(number as u32);
        }
        table.grow()?;
    }
}

/// Frees a number and gives what stood there.
fn remove(fd: u32) -> Result<Descriptor> {
    // SAFETY: copied and marked before the table is used again.
    let entry = unsafe { entry(fd) }?;
    let removed = *entry;
    entry.kind = Kind::Free;
    // SAFETY: used in this statement only.
    let lowest = unsafe { &mut table().lowest };
    *lowest = (*lowest).min(fd as usize);
    Ok(removed)
}

/// Closes the host's file, unless it is a standard stream: messages about the program's end still
/// go there, and its number must not come to mean a file of the program.
fn release(descriptor: Descriptor) {
    if matches!(descriptor.kind, Kind::File | Kind::Directory) {
        files::close(descriptor.handle);
    }
}

/// `fd_close`
pub(crate) fn close(_: Guest, fd: u32) -> Result {
    release(remove(fd)?);
    Ok(())
}

/// `fd_renumber`: what stands at `from` moves to `to`, which is closed.
pub(crate) fn renumber(_: Guest, from: u32, to: u32) -> Result {
    super::prestat::open_all();
    let replaced = get(to)?;
    get(from)?;
    if from == to {
        return Ok(());
    }
    let moved = remove(from)?;
    // SAFETY: written at once.
    *unsafe { entry(to) }? = moved;
    release(replaced);
    Ok(())
}
