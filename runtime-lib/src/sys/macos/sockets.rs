//! TCP sockets: those that listen, and the connections that they accept.

use super::checked;
use super::files::{Buffer, File, Handle, raise_limit, transferred};
use crate::sys::unix::address::Address;
use crate::wasi::Result;
use core::ffi::c_int;
use core::mem::{offset_of, zeroed};
use core::net::SocketAddr;
use core::ptr::null_mut;
use libc::{
    F_SETFD, F_SETFL, FD_CLOEXEC, MSG_PEEK, MSG_WAITALL, O_NONBLOCK, SHUT_RD, SHUT_RDWR, SHUT_WR, SO_REUSEADDR,
    SOCK_STREAM, SOL_SOCKET, fcntl, msghdr, setsockopt, socklen_t,
};
use rustix::io::{self, Errno as MacOs};

// What is passed to the system as its own record.
const _: () = assert!(Address::SIZE == size_of::<libc::sockaddr_in6>() && Address::INET6 as c_int == libc::AF_INET6);
const _: () = assert!(offset_of!(libc::sockaddr_in, sin_addr) == 4 && offset_of!(libc::sockaddr_in6, sin6_addr) == 8);

/// Connections that may wait to be accepted; the kernel has a limit of its own.
const BACKLOG: c_int = 4096;

/// A new socket, with flags that the kernel takes only afterwards.
fn prepared(socket: c_int, nonblocking: bool) -> io::Result<File> {
    // SAFETY: the number is a new file's.
    let socket = unsafe { File::own(socket) };
    let number = socket.handle().number();
    // SAFETY: the kernel writes nothing.
    unsafe {
        checked(fcntl(number, F_SETFD, FD_CLOEXEC))?;
        // A connection has the flags of its listener.
        checked(fcntl(number, F_SETFL, if nonblocking { O_NONBLOCK } else { 0 }))?;
    }
    Ok(socket)
}

/// Opens a socket that listens on `address` and does not wait for connections. As everywhere else, connections of a process
/// before this one that have not quite ended are no hindrance.
pub(crate) fn listen(address: &SocketAddr) -> Result<Handle> {
    let (address, family, length) = Address::new(address);
    let yes: c_int = 1;
    // SAFETY: the kernel reads the address and the number.
    unsafe {
        let socket = prepared(checked(libc::socket(family as c_int, SOCK_STREAM, 0))?, true)?;
        let number = socket.handle().number();
        let size = size_of_val(&yes) as socklen_t;
        checked(setsockopt(number, SOL_SOCKET, SO_REUSEADDR, (&raw const yes).cast(), size))?;
        checked(libc::bind(number, address.as_ptr().cast(), length as socklen_t))?;
        checked(libc::listen(number, BACKLOG))?;
        socket.keep()
    }
}

/// The port that a socket is bound to, 0 if that cannot be told.
pub(crate) fn port(socket: Handle) -> u16 {
    let mut address = Address::NONE;
    let mut length = Address::SIZE as socklen_t;
    // SAFETY: the kernel writes no more than there is room for. When it fails, the zeros stay.
    unsafe { libc::getsockname(socket.number(), address.as_mut_ptr().cast(), &mut length) };
    address.port()
}

/// Accepts a connection, whose transfers wait unless it is `nonblocking`.
pub(crate) fn accept(listener: Handle, nonblocking: bool) -> Result<Handle> {
    loop {
        // SAFETY: the kernel writes nothing.
        match checked(unsafe { libc::accept(listener.number(), null_mut(), null_mut()) }) {
            Err(MacOs::INTR) => {}
            Err(MacOs::MFILE) if raise_limit() => {}
            connection => return prepared(connection?, nonblocking)?.keep(),
        }
    }
}

/// What the kernel is told of a transfer.
fn header(buffers: &[Buffer]) -> msghdr {
    // SAFETY: a header that says nothing is all zeros.
    let nothing: msghdr = unsafe { zeroed() };
    msghdr { msg_iov: buffers.as_ptr().cast_mut().cast(), msg_iovlen: buffers.len() as c_int, ..nothing }
}

/// Receives. With `peek`, what comes stays to be received; with `all`, the buffers are filled as far as the connection
/// goes on.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn receive(
    socket: Handle,
    buffers: &mut [Buffer],
    (peek, all): (bool, bool),
    waits: bool,
) -> Result<usize> {
    let flags = if peek { MSG_PEEK } else { 0 } | if all { MSG_WAITALL } else { 0 };
    let mut header = header(buffers);
    transferred(socket, waits.then_some(false), &mut || {
        // SAFETY: the header is there, and the buffers are the caller's.
        checked(unsafe { libc::recvmsg(socket.number(), &mut header, flags) }).map(|length| length as usize)
    })
}

/// Sends.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn send(socket: Handle, buffers: &[Buffer], waits: bool) -> Result<usize> {
    let header = header(buffers);
    transferred(socket, waits.then_some(true), &mut || {
        // SAFETY: the header is there, and the buffers are the caller's.
        checked(unsafe { libc::sendmsg(socket.number(), &header, 0) }).map(|length| length as usize)
    })
}

/// Ends receiving, sending, or both.
pub(crate) fn shutdown(socket: Handle, receiving: bool, sending: bool) -> Result {
    let how = match (receiving, sending) {
        (_, false) => SHUT_RD,
        (false, true) => SHUT_WR,
        (true, true) => SHUT_RDWR,
    };
    // SAFETY: nothing but a socket is asked for.
    checked(unsafe { libc::shutdown(socket.number(), how) })?;
    Ok(())
}
