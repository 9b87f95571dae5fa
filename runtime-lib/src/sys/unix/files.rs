//! Files: opened ones, and names in directories. Nothing in here follows a symbolic link at the end
//! of a name.

use core::ffi::CStr;
use core::hint::assert_unchecked;
use core::slice;

use rustix::fd::BorrowedFd;
use rustix::fs::{self, AtFlags, FileType, Mode, OFlags, SeekFrom, Stat};
use rustix::io::{self, Errno as Host, IoSlice, IoSliceMut};

use super::poll::{self, Watch};
use crate::sys::files::duplicate;
use crate::wasi::{Errno, Filetype, Result};

/// An open file of the host.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(transparent)]
pub(crate) struct Handle(i32);

impl Handle {
    /// Standard input.
    pub(crate) const INPUT: Handle = Handle(0);
    /// Standard output.
    pub(crate) const OUTPUT: Handle = Handle(1);
    /// Standard error.
    pub(crate) const ERROR: Handle = Handle(2);

    /// The file of this number.
    pub(in crate::sys) const fn of(number: i32) -> Handle {
        Handle(number)
    }

    /// Its number.
    pub(in crate::sys) fn number(self) -> i32 {
        self.0
    }

    pub(in crate::sys) fn borrow(self) -> BorrowedFd<'static> {
        // SAFETY: whoever holds a handle keeps the file open; a number that means no file is an
        // error of each system call. No handle is negative, which spares a panic.
        unsafe {
            assert_unchecked(self.0 >= 0);
            BorrowedFd::borrow_raw(self.0)
        }
    }
}

/// A file that is closed when this goes out of scope.
pub(in crate::sys) struct File(Handle);

impl File {
    /// Takes over the file of this number, as a system call gave it.
    ///
    /// # Safety
    /// Nobody else has it.
    pub(in crate::sys) unsafe fn own(number: i32) -> File {
        File(Handle(number))
    }

    /// The file, while it is open.
    pub(in crate::sys) fn handle(&self) -> Handle {
        self.0
    }

    /// Gives up ownership: whoever gets the handle sees to closing it. The numbers of the standard
    /// streams stay theirs, even when the process was started without them: a file that got one
    /// would receive what is meant for the stream.
    pub(in crate::sys) fn keep(self) -> Result<Handle> {
        if self.0.0 > 2 {
            let handle = self.0;
            core::mem::forget(self);
            return Ok(handle);
        }
        Ok(duplicate(self.0)?)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        close(self.0);
    }
}

/// Closes a file. An error of the device was told by the write or the synchronisation it came from.
pub(crate) fn close(handle: Handle) {
    // SAFETY: the caller owns the handle and does not use it any more. No handle is negative.
    unsafe {
        assert_unchecked(handle.0 >= 0);
        io::close(handle.0);
    }
}

/// A run of bytes to read into or to write: `struct iovec`.
#[derive(Clone, Copy)]
#[repr(C)]
pub(crate) struct Buffer {
    /// The first byte.
    pub(crate) start: *mut u8,
    /// How many.
    pub(crate) length: usize,
}

/// Repeats a transfer until it has an outcome: a signal that came before any byte is nobody's
/// business, and a stream that somebody else made non-blocking is waited for.
pub(in crate::sys) fn transferred(
    handle: Handle,
    waits_to_write: Option<bool>,
    transfer: &mut dyn FnMut() -> io::Result<usize>,
) -> Result<usize> {
    loop {
        match (transfer(), waits_to_write) {
            (Err(Host::INTR), _) => {}
            (Err(Host::AGAIN), Some(write)) => match poll::wait(&mut [Watch::new(handle, write)], None) {
                Ok(_) | Err(Errno::Intr) => {}
                Err(error) => return Err(error),
            },
            (result, _) => return Ok(result?),
        }
    }
}

/// The buffers as rustix takes them.
///
/// # Safety
/// The caller's buffers may be written while the result lives.
pub(in crate::sys) unsafe fn to_fill<'a>(buffers: &'a mut [Buffer]) -> &'a mut [IoSliceMut<'a>] {
    // SAFETY: both are `struct iovec`.
    unsafe { slice::from_raw_parts_mut(buffers.as_mut_ptr().cast(), buffers.len()) }
}

/// The buffers as rustix takes them.
///
/// # Safety
/// The caller's buffers may be read while the result lives.
pub(in crate::sys) unsafe fn to_send<'a>(buffers: &'a [Buffer]) -> &'a [IoSlice<'a>] {
    // SAFETY: both are `struct iovec`.
    unsafe { slice::from_raw_parts(buffers.as_ptr().cast(), buffers.len()) }
}

/// Reads, and waits for something to read if `waits`.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn read(handle: Handle, buffers: &mut [Buffer], waits: bool) -> Result<usize> {
    transferred(handle, waits.then_some(false), &mut || {
        // SAFETY: the caller's buffers.
        io::readv(handle.borrow(), unsafe { to_fill(buffers) })
    })
}

/// Writes, and waits until something can be written if `waits`.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn write(handle: Handle, buffers: &[Buffer], waits: bool) -> Result<usize> {
    transferred(handle, waits.then_some(true), &mut || {
        // SAFETY: the caller's buffers.
        io::writev(handle.borrow(), unsafe { to_send(buffers) })
    })
}

/// What an offset is relative to.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// The start of the file.
    Start,
    /// The current position.
    Current,
    /// The end of the file.
    End,
}

/// Moves the position, and gives it from the start of the file.
pub(crate) fn seek(handle: Handle, offset: i64, origin: Origin) -> Result<u64> {
    let position = match origin {
        // A negative one is the kernel's to refuse.
        Origin::Start => SeekFrom::Start(offset as u64),
        Origin::Current => SeekFrom::Current(offset),
        Origin::End => SeekFrom::End(offset),
    };
    Ok(fs::seek(handle.borrow(), position)?)
}

/// How many bytes a read would get at once.
pub(crate) fn available(handle: Handle) -> Result<u64> {
    Ok(io::ioctl_fionread(handle.borrow())?)
}

/// Sets whether writes append and whether transfers return at once instead of waiting; gives the file as it is then.
pub(crate) fn set_flags(handle: Handle, append: bool, nonblocking: bool) -> Result<Handle> {
    let mut flags = OFlags::empty();
    flags.set(OFlags::APPEND, append);
    flags.set(OFlags::NONBLOCK, nonblocking);
    fs::fcntl_setfl(handle.borrow(), flags)?;
    Ok(handle)
}

/// The attributes of a file; times are nanoseconds since 1970.
#[derive(Clone, Copy)]
pub(crate) struct Attributes {
    /// The device it is on.
    pub(crate) device: u64,
    /// Its number there.
    pub(crate) inode: u64,
    /// What it is.
    pub(crate) filetype: Filetype,
    /// Names it has.
    pub(crate) links: u64,
    /// Bytes in it.
    pub(crate) size: u64,
    /// When it was last read.
    pub(crate) accessed: u64,
    /// When its contents changed last.
    pub(crate) modified: u64,
    /// When its attributes changed last.
    pub(crate) changed: u64,
}

impl Attributes {
    /// Those of nothing.
    pub(crate) const NONE: Attributes = Attributes {
        device: 0,
        inode: 0,
        filetype: Filetype::Unknown,
        links: 0,
        size: 0,
        accessed: 0,
        modified: 0,
        changed: 0,
    };
}

pub(in crate::sys) fn filetype(filetype: FileType) -> Filetype {
    match filetype {
        FileType::RegularFile => Filetype::RegularFile,
        FileType::Directory => Filetype::Directory,
        FileType::Symlink => Filetype::SymbolicLink,
        FileType::CharacterDevice => Filetype::CharacterDevice,
        FileType::BlockDevice => Filetype::BlockDevice,
        FileType::Socket => Filetype::SocketStream,
        FileType::Fifo | FileType::Unknown => Filetype::Unknown,
    }
}

#[allow(clippy::unnecessary_cast, reason = "other systems and processors have narrower fields")]
fn attributes_of(stat: &Stat) -> Attributes {
    // A time before 1970 has no number here.
    let time = |seconds: i64, nanoseconds: u64| {
        let seconds = u64::try_from(seconds).unwrap_or(0);
        seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds)
    };
    Attributes {
        device: stat.st_dev as u64,
        inode: stat.st_ino,
        filetype: filetype(FileType::from_raw_mode(stat.st_mode)),
        links: stat.st_nlink as u64,
        size: stat.st_size as u64,
        accessed: time(stat.st_atime, stat.st_atime_nsec as u64),
        modified: time(stat.st_mtime, stat.st_mtime_nsec as u64),
        changed: time(stat.st_ctime, stat.st_ctime_nsec as u64),
    }
}

/// The attributes of an open file.
pub(crate) fn attributes(handle: Handle) -> Result<Attributes> {
    Ok(attributes_of(&fs::fstat(handle.borrow())?))
}

/// The attributes of a name in a directory.
pub(crate) fn attributes_at(directory: Handle, name: &CStr) -> Result<Attributes> {
    let stat = fs::statat(directory.borrow(), name, AtFlags::SYMLINK_NOFOLLOW)?;
    Ok(attributes_of(&stat))
}

/// Cuts a file off, or fills it up with zeros.
pub(crate) fn set_size(handle: Handle, size: u64) -> Result {
    Ok(fs::ftruncate(handle.borrow(), size)?)
}

/// What to set a file's time to.
#[derive(Clone, Copy)]
pub(crate) enum NewTime {
    /// It stays.
    Unchanged,
    /// The current time.
    Now,
    /// Nanoseconds since 1970.
    At(u64),
}

/// Makes a directory.
pub(crate) fn make_directory(directory: Handle, name: &CStr) -> Result {
    Ok(fs::mkdirat(directory.borrow(), name, Mode::from_raw_mode(0o777))?)
}

/// Makes a symbolic link with the given text.
pub(crate) fn symlink(text: &CStr, directory: Handle, name: &CStr) -> Result {
    Ok(fs::symlinkat(text, directory.borrow(), name)?)
}
