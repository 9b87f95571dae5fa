//! Sockets: the granted ones accept connections, which are transferred over.
//!
//! A socket is a file to all other calls: it is read, written, waited for and closed as one.

use super::descriptor::{self, Descriptor};
use super::layout::{Filetype, fdflags, riflags, rights, sdflags};
use super::transfer::transfer;
use super::{Errno, Guest, Result};
use crate::sys::{files, sockets};

/// A socket that still has the right `needed`.
fn socket(fd: u32, needed: u64) -> Result<Descriptor> {
    let descriptor = descriptor::get(fd)?;
    if descriptor.filetype != Filetype::SocketStream {
        return Err(Errno::Notsock);
    }
    descriptor.need(needed)?;
    Ok(descriptor)
}

/// `sock_accept`: of the flags of descriptors, only not waiting makes sense.
pub(crate) fn accept(guest: Guest, fd: u32, flags: u32, result: u32) -> Result {
    let listener = socket(fd, rights::SOCK_ACCEPT)?;
    let nonblocking = flags == u32::from(fdflags::NONBLOCK);
    if flags != 0 && !nonblocking {
        return Err(Errno::Inval);
    }
    let place = guest.place::<u32>(result)?;
    let handle = sockets::accept(listener.handle, nonblocking)?;
    let rights = listener.inheriting & !rights::SOCK_ACCEPT;
    let inserted = descriptor::insert(Descriptor::socket(handle, rights, nonblocking));
    if inserted.is_err() {
        files::close(handle);
    }
    place.set(inserted?);
    Ok(())
}

/// `sock_recv`
pub(crate) fn receive(
    guest: Guest,
    fd: u32,
    iovs: u32,
    count: u32,
    flags: u32,
    size: u32,
    result_flags: u32,
) -> Result {
    let socket = socket(fd, rights::FD_READ)?;
    if flags & !(riflags::PEEK | riflags::WAIT_ALL) != 0 {
        return Err(Errno::Inval);
    }
    let how = (flags & riflags::PEEK != 0, flags & riflags::WAIT_ALL != 0);
    let result_flags = guest.place::<u16>(result_flags)?;
    transfer(guest, socket, (iovs, count, size), &|socket, buffers, waits| {
        // SAFETY: the buffers are inside the program's memory.
        unsafe { sockets::receive(socket.handle, buffers, how, waits) }
    })?;
    // A stream has no messages that could be cut off.
    result_flags.set(0);
    Ok(())
}

/// `sock_send`: there are no flags yet.
pub(crate) fn send(guest: Guest, fd: u32, iovs: u32, count: u32, flags: u32, size: u32) -> Result {
    let socket = socket(fd, rights::FD_WRITE)?;
    if flags != 0 {
        return Err(Errno::Inval);
    }
    transfer(guest, socket, (iovs, count, size), &|socket, buffers, waits| {
        // SAFETY: the buffers are inside the program's memory.
        unsafe { sockets::send(socket.handle, buffers, waits) }
    })
}

/// `sock_shutdown`
pub(crate) fn shutdown(_: Guest, fd: u32, how: u32) -> Result {
    let socket = socket(fd, rights::SOCK_SHUTDOWN)?;
    if how == 0 || how & !(sdflags::RECEIVE | sdflags::SEND) != 0 {
        return Err(Errno::Inval);
    }
    sockets::shutdown(socket.handle, how & sdflags::RECEIVE != 0, how & sdflags::SEND != 0)
}
