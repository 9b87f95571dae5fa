//! Files: opened ones, and names in directories. Nothing in here follows a symbolic link at the end
//! of a name, except where the host's own path of a granted directory is opened.

use core::ffi::CStr;
use core::hint::assert_unchecked;
use core::mem::MaybeUninit;
use core::num::NonZeroU64;
use core::slice;

use rustix::fd::BorrowedFd;
use rustix::fs::{self, AtFlags, FallocateFlags, FileType, Mode, OFlags, ResolveFlags, SeekFrom, Stat, Timestamps};
use rustix::io::{self, Errno as Linux, IoSlice, IoSliceMut};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::Timespec;

use super::calls::{FCNTL, OPENAT, OPENAT2, READLINKAT, call};
use super::poll::{self, Watch};
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

    /// As the arguments of a system call hold it.
    pub(super) fn number(self) -> usize {
        self.0 as usize
    }

    pub(super) fn borrow(self) -> BorrowedFd<'static> {
        // SAFETY: whoever holds a handle keeps the file open; a number that means no file is an
        // error of each system call. No handle is negative, which spares a panic.
        unsafe {
            assert_unchecked(self.0 >= 0);
            BorrowedFd::borrow_raw(self.0)
        }
    }
}

/// A file that is closed when this goes out of scope.
pub(super) struct File(Handle);

impl File {
    /// Takes over the file of this number, as a system call gave it.
    ///
    /// # Safety
    /// Nobody else has it.
    pub(super) unsafe fn own(number: usize) -> File {
        File(Handle(number as i32))
    }

    /// The file, while it is open.
    pub(super) fn handle(&self) -> Handle {
        self.0
    }

    /// Gives up ownership: whoever gets the handle sees to closing it. The numbers of the standard
    /// streams stay theirs, even when the process was started without them: a file that got one
    /// would receive what is meant for the stream.
    pub(super) fn keep(self) -> Result<Handle> {
        if self.0.0 > 2 {
            let handle = self.0;
            core::mem::forget(self);
            return Ok(handle);
        }
        const DUPLICATE_CLOSE_ON_EXEC: usize = 1030;
        // SAFETY: another number for a file that is open.
        let number = unsafe { call(FCNTL, [self.0.number(), DUPLICATE_CLOSE_ON_EXEC, 3, 0]) }?;
        Ok(Handle(number as i32))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        close(self.0);
    }
}

/// Opens `path`, as seen from `directory`; with flags to resolve it by, if there are any, as
/// `openat2` takes them. When the process has as many files as it may, and may raise that limit, it
/// does.
pub(super) fn open(
    directory: Handle,
    path: &CStr,
    flags: OFlags,
    mode: Mode,
    resolve: ResolveFlags,
) -> io::Result<File> {
    // `struct open_how`
    let how = [u64::from(flags.bits()), u64::from(mode.bits()), resolve.bits()];
    let (directory, path) = (directory.number(), path.as_ptr().addr());
    loop {
        // SAFETY: the path ends in a NUL, and the kernel writes nothing.
        let number = unsafe {
            if resolve.is_empty() {
                call(OPENAT, [directory, path, flags.bits() as usize, mode.bits() as usize])
            } else {
                call(OPENAT2, [directory, path, how.as_ptr().addr(), size_of_val(&how)])
            }
        };
        match number {
            Err(Linux::INTR) => {}
            Err(Linux::MFILE) if raise_limit() => {}
            number => return Ok(File(Handle(number? as i32))),
        }
    }
}

/// Raises the number of files that the process may have, if it may do that.
#[cold]
pub(super) fn raise_limit() -> bool {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    current.is_some_and(|current| maximum.is_none_or(|maximum| current < maximum))
        && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok()
}

/// Closes a file. An error of the device was told by the write or the synchronisation it came from.
pub(crate) fn close(handle: Handle) {
    // SAFETY: the caller owns the handle and does not use it any more. No handle is negative.
    unsafe {
        assert_unchecked(handle.0 >= 0);
        io::close(handle.0);
    }
}

/// Opens a directory by its path on the host.
pub(crate) fn open_directory(path: &CStr) -> Result<Handle> {
    const WORKING_DIRECTORY: Handle = Handle(-100);
    let mut access = OFlags::RDONLY;
    loop {
        let flags = access | OFlags::DIRECTORY | OFlags::CLOEXEC;
        match open(WORKING_DIRECTORY, path, flags, Mode::empty(), ResolveFlags::empty()) {
            // Its files may be usable even where its list of entries is not.
            Err(Linux::ACCESS) if access == OFlags::RDONLY => access = OFlags::PATH,
            directory => return directory?.keep(),
        }
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
pub(super) fn transferred(
    handle: Handle,
    waits_to_write: Option<bool>,
    transfer: &mut dyn FnMut() -> io::Result<usize>,
) -> Result<usize> {
    loop {
        match (transfer(), waits_to_write) {
            (Err(Linux::INTR), _) => {}
            (Err(Linux::AGAIN), Some(write)) => match poll::wait(&mut [Watch::new(handle, write)], None) {
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
unsafe fn to_fill<'a>(buffers: &'a mut [Buffer]) -> &'a mut [IoSliceMut<'a>] {
    // SAFETY: both are `struct iovec`.
    unsafe { slice::from_raw_parts_mut(buffers.as_mut_ptr().cast(), buffers.len()) }
}

/// The buffers as rustix takes them.
///
/// # Safety
/// The caller's buffers may be read while the result lives.
unsafe fn to_send<'a>(buffers: &'a [Buffer]) -> &'a [IoSlice<'a>] {
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

/// Reads at an offset.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn read_at(handle: Handle, buffers: &mut [Buffer], offset: u64) -> Result<usize> {
    transferred(handle, None, &mut || {
        // SAFETY: the caller's buffers.
        io::preadv(handle.borrow(), unsafe { to_fill(buffers) }, offset)
    })
}

/// Writes at an offset; a file that appends does so nevertheless.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn write_at(handle: Handle, buffers: &[Buffer], offset: u64) -> Result<usize> {
    transferred(handle, None, &mut || {
        // SAFETY: the caller's buffers.
        io::pwritev(handle.borrow(), unsafe { to_send(buffers) }, offset)
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

/// Whether a person may sit on the other side.
pub(crate) fn is_terminal(handle: Handle) -> bool {
    const GET_WINDOW_SIZE: rustix::ioctl::Opcode = 0x5413;
    // SAFETY: the operation stores `struct winsize`, four numbers of 16 bits.
    unsafe {
        let operation = rustix::ioctl::Getter::<GET_WINDOW_SIZE, [u16; 4]>::new();
        rustix::ioctl::ioctl(handle.borrow(), operation).is_ok()
    }
}

/// Sets whether writes append and whether transfers return at once instead of waiting; gives the file as it is then.
pub(crate) fn set_flags(handle: Handle, append: bool, nonblocking: bool) -> Result<Handle> {
    let mut flags = OFlags::empty();
    flags.set(OFlags::APPEND, append);
    flags.set(OFlags::NONBLOCK, nonblocking);
    fs::fcntl_setfl(handle.borrow(), flags)?;
    Ok(handle)
}

/// Waits until data and attributes are on the device.
pub(crate) fn sync(handle: Handle) -> Result {
    Ok(fs::fsync(handle.borrow())?)
}

/// Waits until the data is on the device.
pub(crate) fn data_sync(handle: Handle) -> Result {
    Ok(fs::fdatasync(handle.borrow())?)
}

/// Reserves room on the device, and makes the file as long as that.
pub(crate) fn allocate(handle: Handle, offset: u64, length: u64) -> Result {
    Ok(fs::fallocate(handle.borrow(), FallocateFlags::empty(), offset, length)?)
}

pub(crate) use rustix::fs::Advice;

/// Tells the kernel how a range will be used; a length of 0 reaches to the end.
pub(crate) fn advise(handle: Handle, offset: u64, length: u64, advice: Advice) -> Result {
    Ok(fs::fadvise(handle.borrow(), offset, NonZeroU64::new(length), advice)?)
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

pub(super) fn filetype(filetype: FileType) -> Filetype {
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

#[allow(clippy::unnecessary_cast, reason = "other processors have narrower fields")]
fn attributes_of(stat: &Stat) -> Attributes {
    // A time before 1970 has no number here.
    let time = |seconds: i64, nanoseconds: u64| {
        let seconds = u64::try_from(seconds).unwrap_or(0);
        seconds.saturating_mul(1_000_000_000).saturating_add(nanoseconds)
    };
    Attributes {
        device: stat.st_dev,
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

fn timestamps(times: [NewTime; 2]) -> Timestamps {
    let [last_access, last_modification] = times.map(|time| match time {
        NewTime::Unchanged => Timespec { tv_sec: 0, tv_nsec: fs::UTIME_OMIT },
        NewTime::Now => Timespec { tv_sec: 0, tv_nsec: fs::UTIME_NOW },
        NewTime::At(time) => Timespec { tv_sec: (time / 1_000_000_000) as i64, tv_nsec: (time % 1_000_000_000) as i64 },
    });
    Timestamps { last_access, last_modification }
}

/// Sets the times of the last access and the last modification.
pub(crate) fn set_times(handle: Handle, times: [NewTime; 2]) -> Result {
    Ok(fs::futimens(handle.borrow(), &timestamps(times))?)
}

/// The same for a name in a directory.
pub(crate) fn set_times_at(directory: Handle, name: &CStr, times: [NewTime; 2]) -> Result {
    let flags = AtFlags::SYMLINK_NOFOLLOW;
    Ok(fs::utimensat(directory.borrow(), name, &timestamps(times), flags)?)
}

/// Makes a directory.
pub(crate) fn make_directory(directory: Handle, name: &CStr) -> Result {
    Ok(fs::mkdirat(directory.borrow(), name, Mode::from_raw_mode(0o777))?)
}

/// Removes a directory.
pub(crate) fn remove_directory(directory: Handle, name: &CStr) -> Result {
    Ok(fs::unlinkat(directory.borrow(), name, AtFlags::REMOVEDIR)?)
}

/// Removes anything but a directory.
pub(crate) fn unlink(directory: Handle, name: &CStr) -> Result {
    Ok(fs::unlinkat(directory.borrow(), name, AtFlags::empty())?)
}

/// Moves a name.
pub(crate) fn rename(old: (Handle, &CStr), new: (Handle, &CStr)) -> Result {
    Ok(fs::renameat(old.0.borrow(), old.1, new.0.borrow(), new.1)?)
}

/// Gives a file another name.
pub(crate) fn link(old: (Handle, &CStr), new: (Handle, &CStr)) -> Result {
    Ok(fs::linkat(old.0.borrow(), old.1, new.0.borrow(), new.1, AtFlags::empty())?)
}

/// Makes a symbolic link with the given text.
pub(crate) fn symlink(text: &CStr, directory: Handle, name: &CStr) -> Result {
    Ok(fs::symlinkat(text, directory.borrow(), name)?)
}

/// The text of a symbolic link, cut off at the end of the buffer.
pub(crate) fn read_link<'a>(directory: Handle, name: &CStr, buffer: &'a mut [MaybeUninit<u8>]) -> Result<&'a [u8]> {
    let arguments = [directory.number(), name.as_ptr().addr(), buffer.as_mut_ptr().addr(), buffer.len()];
    // SAFETY: the name ends in a NUL, and the kernel fills no more of the buffer than there is.
    unsafe {
        let length = call(READLINKAT, arguments)?;
        Ok(slice::from_raw_parts(buffer.as_ptr().cast(), length))
    }
}
