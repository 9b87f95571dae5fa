//! Reading and writing. The kernel moves the bytes straight between the file and the program's
//! memory; here its list of buffers is checked and translated.
//!
//! A call may transfer less than it was asked for, as the specification allows: what the kernel did
//! in one go, and never more than [`BUFFERS`] buffers of a longer list.

use core::mem::MaybeUninit;

use super::descriptor::{self, Descriptor, Kind};
use super::layout::{Iovec, fdflags, rights};
use super::{Errno, Guest, Result};
use crate::sys::files::{self, Buffer};

/// Buffers that one call transfers: what Linux takes at a time.
const BUFFERS: usize = 1024;

/// The translated list, on the stack.
type List = [MaybeUninit<Buffer>; BUFFERS];

/// Translates `count` iovecs at `iovs`, each of which must be inside the program's memory.
fn translate(guest: Guest, iovs: u32, count: u32, list: &mut List) -> Result<&mut [Buffer]> {
    let size = size_of::<Iovec>();
    let iovs = guest.range(iovs, u64::from(count) * size as u64)?;
    let mut length = 0;
    for (index, buffer) in list.iter_mut().enumerate().take(count as usize) {
        // SAFETY: the range above holds `count` of them, and any bytes are one.
        let iovec = unsafe { iovs.add(index * size).cast::<Iovec>().read_unaligned() };
        let start = guest.range(iovec.start, u64::from(iovec.length))?;
        buffer.write(Buffer { start, length: iovec.length as usize });
        length += 1;
    }
    // SAFETY: the loop wrote this many, one after the other.
    Ok(unsafe { core::slice::from_raw_parts_mut(list.as_mut_ptr().cast(), length) })
}

/// The system call, and whether it may wait.
pub(super) type Transfer<'a> = &'a dyn Fn(Descriptor, &mut [Buffer], bool) -> Result<usize>;

/// Does a transfer with the buffers of a list, and puts how many bytes there were at `result`.
pub(super) fn transfer(
    guest: Guest,
    descriptor: Descriptor,
    (iovs, count, result): (u32, u32, u32),
    call: Transfer<'_>,
) -> Result {
    let place = guest.place(result)?;
    let mut list = [const { MaybeUninit::uninit() }; BUFFERS];
    let buffers = translate(guest, iovs, count, &mut list)?;
    let waits = descriptor.flags & fdflags::NONBLOCK == 0;
    // The kernel transfers less than 2³¹ bytes at a time.
    place.set(call(descriptor, buffers, waits)? as u32);
    Ok(())
}

/// The descriptor, if it is a stream of the given kind or a file, with a right.
fn stream(fd: u32, kind: Kind, needed: u64) -> Result<Descriptor> {
    let descriptor = descriptor::get(fd)?;
    if descriptor.kind != kind && descriptor.kind != Kind::File {
        return Err(Errno::Badf);
    }
    descriptor.need(needed)?;
    Ok(descriptor)
}

/// The same for a transfer at an offset, which a stream does not have.
fn positioned(fd: u32, kind: Kind, needed: u64) -> Result<Descriptor> {
    let descriptor = stream(fd, kind, needed)?;
    if descriptor.kind == kind { Err(Errno::Spipe) } else { Ok(descriptor) }
}

/// `fd_read`
pub(crate) fn read(guest: Guest, fd: u32, iovs: u32, count: u32, result: u32) -> Result {
    let descriptor = stream(fd, Kind::Input, rights::FD_READ)?;
    transfer(guest, descriptor, (iovs, count, result), &|file, buffers, waits| {
        // SAFETY: the buffers are inside the program's memory.
        unsafe { files::read(file.handle, buffers, waits) }
    })
}

/// `fd_write`
pub(crate) fn write(guest: Guest, fd: u32, iovs: u32, count: u32, result: u32) -> Result {
    let descriptor = stream(fd, Kind::Output, rights::FD_WRITE)?;
    transfer(guest, descriptor, (iovs, count, result), &|file, buffers, waits| {
        // SAFETY: the buffers are inside the program's memory.
        unsafe { files::write(file.handle, buffers, waits) }
    })
}

/// `fd_pread`
pub(crate) fn read_at(guest: Guest, fd: u32, iovs: u32, count: u32, offset: u64, result: u32) -> Result {
    let descriptor = positioned(fd, Kind::Input, rights::FD_READ | rights::FD_SEEK)?;
    transfer(guest, descriptor, (iovs, count, result), &|file, buffers, _| {
        // SAFETY: the buffers are inside the program's memory.
        unsafe { files::read_at(file.handle, buffers, offset) }
    })
}

/// `fd_pwrite`
pub(crate) fn write_at(guest: Guest, fd: u32, iovs: u32, count: u32, offset: u64, result: u32) -> Result {
    let descriptor = positioned(fd, Kind::Output, rights::FD_WRITE | rights::FD_SEEK)?;
    transfer(guest, descriptor, (iovs, count, result), &|file, buffers, _| {
        // SAFETY: the buffers are inside the program's memory.
        unsafe { files::write_at(file.handle, buffers, offset) }
    })
}
