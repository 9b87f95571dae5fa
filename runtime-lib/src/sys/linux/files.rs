//! Files: what Linux has a system call of its own for.

use core::ffi::CStr;
use core::mem::MaybeUninit;
use core::num::NonZeroU64;
use core::slice;

use rustix::fs::{self, AtFlags, FallocateFlags, Mode, OFlags, ResolveFlags, Timestamps};
use rustix::io::{self, Errno as Linux};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::Timespec;

use super::calls::{FCNTL, OPENAT, OPENAT2, READLINKAT, call};
pub(crate) use crate::sys::unix::files::*;
use crate::wasi::Result;

/// Another handle of an open file, past those of the standard streams.
pub(in crate::sys) fn duplicate(handle: Handle) -> io::Result<Handle> {
    const DUPLICATE_CLOSE_ON_EXEC: usize = 1030;
    // SAFETY: another number for a file that is open.
    let number = unsafe { call(FCNTL, [handle.number() as usize, DUPLICATE_CLOSE_ON_EXEC, 3, 0]) }?;
    Ok(Handle::of(number as i32))
}

/// Opens `path`, as seen from `directory`; with flags to resolve it by, if there are any, as
/// `openat2` takes them. When the process has as many files as it may, and may raise that limit, it
/// does.
pub(in crate::sys) fn open(
    directory: Handle,
    path: &CStr,
    flags: OFlags,
    mode: Mode,
    resolve: ResolveFlags,
) -> io::Result<File> {
    // `struct open_how`
    let how = [u64::from(flags.bits()), u64::from(mode.bits()), resolve.bits()];
    let (directory, path) = (directory.number() as usize, path.as_ptr().addr());
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
            // SAFETY: a file that was just opened.
            number => return Ok(unsafe { File::own(number? as i32) }),
        }
    }
}

/// Opens a name in a directory.
pub(in crate::sys) fn open_name(directory: Handle, name: &CStr, flags: OFlags, mode: Mode) -> io::Result<File> {
    open(directory, name, flags, mode, ResolveFlags::empty())
}

/// A directory on the way of a path: nothing can be done with it but to go on from there.
pub(in crate::sys) const ON_THE_WAY: OFlags = OFlags::PATH.union(OFlags::DIRECTORY).union(OFlags::CLOEXEC);

/// A directory by its name in another one, unless it is a symbolic link.
pub(in crate::sys) fn step(from: Handle, name: &CStr) -> io::Result<File> {
    open_name(from, name, ON_THE_WAY | OFlags::NOFOLLOW, Mode::empty())
}

/// Reads wait until what was written before is on the device.
pub(in crate::sys) const RSYNC: OFlags = OFlags::RSYNC;

/// Raises the number of files that the process may have, if it may do that.
#[cold]
pub(in crate::sys) fn raise_limit() -> bool {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    current.is_some_and(|current| maximum.is_none_or(|maximum| current < maximum))
        && setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).is_ok()
}

/// What relative paths of the host are relative to.
pub(super) const WORKING_DIRECTORY: Handle = Handle::of(-100);

/// Opens a directory by its path on the host.
pub(crate) fn open_directory(path: &CStr) -> Result<Handle> {
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

/// Whether a person may sit on the other side.
pub(crate) fn is_terminal(handle: Handle) -> bool {
    const GET_WINDOW_SIZE: rustix::ioctl::Opcode = 0x5413;
    // SAFETY: the operation stores `struct winsize`, four numbers of 16 bits.
    unsafe {
        let operation = rustix::ioctl::Getter::<GET_WINDOW_SIZE, [u16; 4]>::new();
        rustix::ioctl::ioctl(handle.borrow(), operation).is_ok()
    }
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

/// The text of a symbolic link, cut off at the end of the buffer.
pub(crate) fn read_link<'a>(directory: Handle, name: &CStr, buffer: &'a mut [MaybeUninit<u8>]) -> Result<&'a [u8]> {
    let arguments = [directory.number() as usize, name.as_ptr().addr(), buffer.as_mut_ptr().addr(), buffer.len()];
    // SAFETY: the name ends in a NUL, and the kernel fills no more of the buffer than there is.
    unsafe {
        let length = call(READLINKAT, arguments)?;
        Ok(slice::from_raw_parts(buffer.as_ptr().cast(), length))
    }
}
