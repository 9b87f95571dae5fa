//! Files: what macOS does in a way of its own.

use core::ffi::{CStr, c_int};
use core::mem::{MaybeUninit, offset_of};
use core::slice;

use libc::{
    AT_FDCWD, AT_REMOVEDIR, AT_SYMLINK_NOFOLLOW, O_CLOEXEC, O_DIRECTORY, O_NOFOLLOW, O_RDONLY, O_SEARCH, timespec,
};
use rustix::fs::{Mode, OFlags};
use rustix::io::{self, Errno as MacOs};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::checked;
use super::name::Name;
use crate::sys::hosted::listing;
use crate::sys::unix::files as unix;
pub(crate) use crate::sys::unix::files::*;
use crate::wasi::{Errno, Result};

// What is passed to the system as its own records.
const _: () = assert!(size_of::<Buffer>() == size_of::<libc::iovec>());
const _: () = assert!(offset_of!(Buffer, length) == offset_of!(libc::iovec, iov_len));

/// Another handle of an open file, past those of the standard streams.
pub(in crate::sys) fn duplicate(handle: Handle) -> io::Result<Handle> {
    // SAFETY: another number for a file that is open.
    checked(unsafe { libc::fcntl(handle.number(), libc::F_DUPFD_CLOEXEC, 3) }).map(Handle::of)
}

/// Opens `path`, as seen from `directory`. When the process has as many files as it may, and may raise that limit, it does.
fn open(directory: c_int, path: &CStr, flags: c_int, mode: Mode) -> io::Result<File> {
    const NO_LINK: c_int = O_DIRECTORY | O_NOFOLLOW;
    loop {
        // SAFETY: the path ends in a NUL.
        match checked(unsafe { libc::openat(directory, path.as_ptr(), flags, c_int::from(mode.bits())) }) {
            Err(MacOs::INTR) => {}
            Err(MacOs::MFILE) if raise_limit() => {}
            // A link is no directory, which is what was asked for.
            Err(MacOs::LOOP) if flags & NO_LINK == NO_LINK => return Err(MacOs::NOTDIR),
            // SAFETY: a file that was just opened.
            number => return Ok(unsafe { File::own(number?) }),
        }
    }
}

/// Opens a directory, as [`open`]. Its files may be usable even where its list of entries is not.
fn open_any_directory(from: c_int, path: &CStr, flags: c_int) -> io::Result<File> {
    let flags = flags | O_DIRECTORY | O_CLOEXEC;
    match open(from, path, flags | O_RDONLY, Mode::empty()) {
        Err(MacOs::ACCESS) => open(from, path, flags | O_SEARCH, Mode::empty()),
        directory => directory,
    }
}

/// Opens a name in a directory.
pub(in crate::sys) fn open_name(directory: Handle, name: &CStr, flags: OFlags, mode: Mode) -> io::Result<File> {
    open(directory.number(), name, flags.bits() as c_int, mode)
}

/// A directory by its name in another one, unless it is a symbolic link.
pub(in crate::sys) fn step(from: Handle, name: &CStr) -> io::Result<File> {
    open_any_directory(from.number(), name, O_NOFOLLOW)
}

/// Reads wait for nothing here.
pub(in crate::sys) const RSYNC: OFlags = OFlags::empty();

/// Raises the number of files that the process may have, if it may do that.
#[cold]
pub(in crate::sys) fn raise_limit() -> bool {
    /// The system takes no more than this (`OPEN_MAX`), whatever it says itself.
    const MOST: u64 = 10240;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.map_or(MOST, |maximum| maximum.min(MOST));
    current.is_some_and(|current| current < wanted)
        && setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }).is_ok()
}

/// Closes a file. An error of the device was told by the write or the synchronisation it came from.
pub(crate) fn close(handle: Handle) {
    listing::before_close(handle);
    unix::close(handle);
}

/// Opens a directory by its path on the host.
pub(crate) fn open_directory(path: &CStr) -> Result<Handle> {
    open_any_directory(AT_FDCWD, path, 0)?.keep()
}

/// As many of the buffers as one transfer takes: the system refuses 2 GiB and more.
fn limited(buffers: &mut [Buffer]) -> &mut [Buffer] {
    let mut left = c_int::MAX as usize;
    let mut count = 0;
    for buffer in &mut *buffers {
        count += 1;
        if buffer.length >= left {
            buffer.length = left;
            break;
        }
        left -= buffer.length;
    }
    buffers.get_mut(..count).unwrap_or_default()
}

/// Reads, and waits for something to read if `waits`.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn read(handle: Handle, buffers: &mut [Buffer], waits: bool) -> Result<usize> {
    // SAFETY: the caller's buffers.
    unsafe { unix::read(handle, limited(buffers), waits) }
}

/// Writes, and waits until something can be written if `waits`.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn write(handle: Handle, buffers: &mut [Buffer], waits: bool) -> Result<usize> {
    // SAFETY: the caller's buffers.
    unsafe { unix::write(handle, limited(buffers), waits) }
}

/// Reads at an offset.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn read_at(handle: Handle, buffers: &mut [Buffer], offset: u64) -> Result<usize> {
    let buffers = limited(buffers);
    let (start, count) = (buffers.as_ptr().cast(), buffers.len() as c_int);
    transferred(handle, None, &mut || {
        // SAFETY: the caller's buffers, each of which is a `struct iovec`. A negative offset is the kernel's to refuse.
        checked(unsafe { libc::preadv(handle.number(), start, count, offset as i64) }).map(|length| length as usize)
    })
}

/// Writes at an offset; a file that appends does so nevertheless.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn write_at(handle: Handle, buffers: &mut [Buffer], offset: u64) -> Result<usize> {
    let buffers = limited(buffers);
    let (start, count) = (buffers.as_ptr().cast(), buffers.len() as c_int);
    transferred(handle, None, &mut || {
        // SAFETY: as above.
        checked(unsafe { libc::pwritev(handle.number(), start, count, offset as i64) }).map(|length| length as usize)
    })
}

/// Whether a person may sit on the other side.
pub(crate) fn is_terminal(handle: Handle) -> bool {
    // SAFETY: a number that means no file is no terminal.
    unsafe { libc::isatty(handle.number()) == 1 }
}

/// Waits until data and attributes are on the device.
pub(crate) fn sync(handle: Handle) -> Result {
    // `fsync` hands them to the device, which may keep them in its memory.
    // SAFETY: nothing but a file is asked for.
    unsafe {
        if libc::fcntl(handle.number(), libc::F_FULLFSYNC) == -1 {
            // Not every file system can do that.
            checked(libc::fsync(handle.number()))?;
        }
    }
    Ok(())
}

/// Waits until the data is on the device.
pub(crate) fn data_sync(handle: Handle) -> Result {
    sync(handle)
}

/// Reserves room on the device, and makes the file as long as that.
pub(crate) fn allocate(handle: Handle, offset: u64, length: u64) -> Result {
    let end = offset.checked_add(length).filter(|end| i64::try_from(*end).is_ok()).ok_or(Errno::Fbig)?;
    if length == 0 {
        return Err(Errno::Inval);
    }
    let size = attributes(handle)?.size;
    if end > size {
        let mut room = libc::fstore_t {
            fst_flags: libc::F_ALLOCATEALL,
            fst_posmode: libc::F_PEOFPOSMODE,
            fst_offset: 0,
            fst_length: (end - size) as i64,
            fst_bytesalloc: 0,
        };
        // SAFETY: the kernel reads and writes the record.
        checked(unsafe { libc::fcntl(handle.number(), libc::F_PREALLOCATE, &raw mut room) })?;
        set_size(handle, end)?;
    }
    Ok(())
}

/// How a range of a file will be used.
#[derive(Clone, Copy)]
pub(crate) enum Advice {
    /// In no particular way.
    Normal,
    /// From lower offsets to higher ones.
    Sequential,
    /// In no order.
    Random,
    /// Soon.
    WillNeed,
    /// Not soon.
    DontNeed,
    /// Once.
    NoReuse,
}

/// Tells the kernel how a range will be used; a length of 0 reaches to the end.
pub(crate) fn advise(handle: Handle, offset: u64, length: u64, advice: Advice) -> Result {
    if let Advice::WillNeed = advice {
        let length = if length == 0 { attributes(handle)?.size.saturating_sub(offset) } else { length };
        let range = libc::radvisory {
            ra_offset: i64::try_from(offset).map_err(|_| Errno::Inval)?,
            ra_count: c_int::try_from(length).unwrap_or(c_int::MAX),
        };
        // It is advice: what the file system makes of it is nobody's error.
        // SAFETY: the kernel reads the record.
        unsafe { libc::fcntl(handle.number(), libc::F_RDADVISE, &raw const range) };
    }
    Ok(())
}

/// `struct timespec`, twice: of the last access and of the last modification.
fn specifications(times: [NewTime; 2]) -> [timespec; 2] {
    times.map(|time| match time {
        NewTime::Unchanged => timespec { tv_sec: 0, tv_nsec: libc::UTIME_OMIT },
        NewTime::Now => timespec { tv_sec: 0, tv_nsec: libc::UTIME_NOW },
        NewTime::At(time) => timespec { tv_sec: (time / 1_000_000_000) as i64, tv_nsec: (time % 1_000_000_000) as i64 },
    })
}

/// Sets the times of the last access and the last modification.
pub(crate) fn set_times(handle: Handle, times: [NewTime; 2]) -> Result {
    // SAFETY: the kernel reads both.
    checked(unsafe { libc::futimens(handle.number(), specifications(times).as_ptr()) })?;
    Ok(())
}

/// The same for a name in a directory.
pub(crate) fn set_times_at(directory: Handle, name: &CStr, times: [NewTime; 2]) -> Result {
    let times = specifications(times);
    // SAFETY: the name ends in a NUL, and the kernel reads both times.
    checked(unsafe { libc::utimensat(directory.number(), name.as_ptr(), times.as_ptr(), AT_SYMLINK_NOFOLLOW) })?;
    Ok(())
}

/// Makes a directory.
pub(crate) fn make_directory(directory: Handle, name: &CStr) -> Result {
    unix::make_directory(directory, Name::of(name)?.text())
}

/// Removes a directory.
pub(crate) fn remove_directory(directory: Handle, name: &CStr) -> Result {
    let name = Name::of(name)?;
    // SAFETY: the name ends in a NUL.
    checked(unsafe { libc::unlinkat(directory.number(), name.text().as_ptr(), AT_REMOVEDIR) })?;
    Ok(())
}

/// Removes anything but a directory.
pub(crate) fn unlink(directory: Handle, name: &CStr) -> Result {
    let name = Name::of(name)?;
    if name.wants_directory {
        return Err(if name.is_directory(directory)? { Errno::Isdir } else { Errno::Notdir });
    }
    // SAFETY: the name ends in a NUL.
    match checked(unsafe { libc::unlinkat(directory.number(), name.text().as_ptr(), 0) }) {
        Err(MacOs::PERM) if name.is_directory(directory)? => Err(Errno::Isdir),
        removed => Ok(removed.map(|_| ())?),
    }
}

/// Moves a name.
pub(crate) fn rename(old: (Handle, &CStr), new: (Handle, &CStr)) -> Result {
    let (from, to) = (Name::of(old.1)?, Name::of(new.1)?);
    if (from.wants_directory || to.wants_directory) && !from.is_directory(old.0)? {
        return Err(Errno::Notdir);
    }
    let (old, new) = (old.0.number(), new.0.number());
    // SAFETY: the names end in NULs.
    checked(unsafe { libc::renameat(old, from.text().as_ptr(), new, to.text().as_ptr()) })?;
    Ok(())
}

/// Gives a file another name.
pub(crate) fn link(old: (Handle, &CStr), new: (Handle, &CStr)) -> Result {
    let (from, to) = (old.0.number(), new.0.number());
    // SAFETY: the names end in NULs.
    checked(unsafe { libc::linkat(from, old.1.as_ptr(), to, new.1.as_ptr(), 0) })?;
    Ok(())
}

/// The text of a symbolic link, cut off at the end of the buffer.
pub(crate) fn read_link<'a>(directory: Handle, name: &CStr, buffer: &'a mut [MaybeUninit<u8>]) -> Result<&'a [u8]> {
    let (start, size) = (buffer.as_mut_ptr().cast(), buffer.len());
    // SAFETY: the name ends in a NUL, and the kernel fills no more of the buffer than there is.
    unsafe {
        let length = checked(libc::readlinkat(directory.number(), name.as_ptr(), start, size))?;
        Ok(slice::from_raw_parts(buffer.as_ptr().cast(), length as usize))
    }
}
