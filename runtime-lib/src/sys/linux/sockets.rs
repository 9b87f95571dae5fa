//! TCP sockets: those that listen, and the connections that they accept.

use core::net::SocketAddr;

use rustix::io::Errno as Linux;
use rustix::net::{self, Shutdown, sockopt};

use super::calls::{ACCEPT4, BIND, GETSOCKNAME, RECVMSG, SENDMSG, SOCKET, call};
use super::files::{Buffer, File, Handle, raise_limit, transferred};
use crate::sys::unix::address::Address;
use crate::wasi::Result;

/// Connections that may wait to be accepted; the kernel has a limit of its own.
const BACKLOG: i32 = 4096;

/// Flags of new sockets.
const CLOSE_ON_EXEC: usize = 0o200_0000;
const NONBLOCKING: usize = 0o4000;

/// Opens a socket that listens on `address` and does not wait for connections. As everywhere else, connections of a process before this one that have not
/// quite ended are no hindrance.
pub(crate) fn listen(address: &SocketAddr) -> Result<Handle> {
    const STREAM: usize = 1;
    let (address, family, length) = Address::new(address);
    // SAFETY: the kernel reads the address, and the number is a new file's.
    unsafe {
        let socket = File::own(call(SOCKET, [family, STREAM | CLOSE_ON_EXEC | NONBLOCKING, 0, 0])? as i32);
        sockopt::set_socket_reuseaddr(socket.handle().borrow(), true)?;
        call(BIND, [socket.handle().number() as usize, address.as_ptr().addr(), length, 0])?;
        net::listen(socket.handle().borrow(), BACKLOG)?;
        socket.keep()
    }
}

/// The port that a socket is bound to, 0 if that cannot be told.
pub(crate) fn port(socket: Handle) -> u16 {
    let mut address = Address::NONE;
    let mut length = Address::SIZE as u32;
    let arguments = [socket.number() as usize, address.as_mut_ptr().addr(), (&raw mut length).addr(), 0];
    // SAFETY: the kernel writes no more than there is room for. When it fails, the zeros stay.
    let _ = unsafe { call(GETSOCKNAME, arguments) };
    address.port()
}

/// Accepts a connection, whose transfers wait unless it is `nonblocking`.
pub(crate) fn accept(listener: Handle, nonblocking: bool) -> Result<Handle> {
    let flags = CLOSE_ON_EXEC | if nonblocking { NONBLOCKING } else { 0 };
    loop {
        // SAFETY: the kernel writes nothing, and the number is a new file's.
        match unsafe { call(ACCEPT4, [listener.number() as usize, 0, 0, flags]) } {
            Err(Linux::INTR) => {}
            Err(Linux::MFILE) if raise_limit() => {}
            // SAFETY: as above.
            connection => return unsafe { File::own(connection? as i32) }.keep(),
        }
    }
}

/// `struct msghdr`
#[repr(C)]
struct Header {
    address: usize,
    address_length: u32,
    buffers: *const Buffer,
    count: usize,
    control: usize,
    control_length: usize,
    flags: u32,
}

impl Header {
    fn new(buffers: &[Buffer]) -> Header {
        let (buffers, count) = (buffers.as_ptr(), buffers.len());
        Header { address: 0, address_length: 0, buffers, count, control: 0, control_length: 0, flags: 0 }
    }
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
    const PEEK: usize = 0x2;
    const WAIT_ALL: usize = 0x100;
    let flags = if peek { PEEK } else { 0 } | if all { WAIT_ALL } else { 0 };
    let mut header = Header::new(buffers);
    let header = (&raw mut header).addr();
    transferred(socket, waits.then_some(false), &mut || {
        // SAFETY: the header is there, and the buffers are the caller's.
        unsafe { call(RECVMSG, [socket.number() as usize, header, flags, 0]) }
    })
}

/// Sends.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn send(socket: Handle, buffers: &[Buffer], waits: bool) -> Result<usize> {
    let header = Header::new(buffers);
    let header = (&raw const header).addr();
    transferred(socket, waits.then_some(true), &mut || {
        // SAFETY: the header is there, and the buffers are the caller's.
        unsafe { call(SENDMSG, [socket.number() as usize, header, 0, 0]) }
    })
}

/// Ends receiving, sending, or both.
pub(crate) fn shutdown(socket: Handle, receiving: bool, sending: bool) -> Result {
    let how = match (receiving, sending) {
        (_, false) => Shutdown::Read,
        (false, true) => Shutdown::Write,
        (true, true) => Shutdown::Both,
    };
    Ok(net::shutdown(socket.borrow(), how)?)
}
