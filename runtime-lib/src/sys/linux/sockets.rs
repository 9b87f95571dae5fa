//! TCP sockets: those that listen, and the connections that they accept.

use core::net::SocketAddr;

use rustix::io::Errno as Linux;
use rustix::net::{self, Shutdown, sockopt};

use super::calls::{ACCEPT4, BIND, GETSOCKNAME, RECVMSG, SENDMSG, SOCKET, call};
use super::files::{Buffer, File, Handle, raise_limit, transferred};
use crate::wasi::Result;

/// Connections that may wait to be accepted; the kernel has a limit of its own.
const BACKLOG: i32 = 4096;

/// Flags of new sockets.
const CLOSE_ON_EXEC: usize = 0o200_0000;
const NONBLOCKING: usize = 0o4000;

/// `struct sockaddr_in` or `sockaddr_in6`: the family in the machine's order, the port in the network's, the rest. What
/// rustix has for it can fail, and would bring the code that prints how.
#[repr(C, align(4))]
struct Address([u8; Address::SIZE]);

impl Address {
    /// The larger one's bytes.
    const SIZE: usize = 28;

    /// The address, its family and its length.
    fn new(address: &SocketAddr) -> (Address, usize, usize) {
        const INET: u8 = 2;
        const INET6: u8 = 10;
        let [high, low] = address.port().to_be_bytes();
        let mut bytes = [0; Address::SIZE];
        bytes[2] = high;
        bytes[3] = low;
        let (family, length) = match address {
            SocketAddr::V4(address) => {
                bytes[4..8].copy_from_slice(&address.ip().octets());
                (INET, 16)
            }
            SocketAddr::V6(address) => {
                bytes[8..24].copy_from_slice(&address.ip().octets());
                bytes[24..28].copy_from_slice(&address.scope_id().to_le_bytes());
                (INET6, 28)
            }
        };
        bytes[0] = family;
        (Address(bytes), usize::from(family), length)
    }
}

/// Opens a socket that listens on `address` and does not wait for connections. As everywhere else, connections of a process before this one that have not
/// quite ended are no hindrance.
pub(crate) fn listen(address: &SocketAddr) -> Result<Handle> {
    const STREAM: usize = 1;
    let (address, family, length) = Address::new(address);
    // SAFETY: the kernel reads the address, and the number is a new file's.
    unsafe {
        let socket = File::own(call(SOCKET, [family, STREAM | CLOSE_ON_EXEC | NONBLOCKING, 0, 0])?);
        sockopt::set_socket_reuseaddr(socket.handle().borrow(), true)?;
        call(BIND, [socket.handle().number(), address.0.as_ptr().addr(), length, 0])?;
        net::listen(socket.handle().borrow(), BACKLOG)?;
        socket.keep()
    }
}

/// The port that a socket is bound to, 0 if that cannot be told.
pub(crate) fn port(socket: Handle) -> u16 {
    let mut address = Address([0; Address::SIZE]);
    let mut length = Address::SIZE as u32;
    let arguments = [socket.number(), address.0.as_mut_ptr().addr(), (&raw mut length).addr(), 0];
    // SAFETY: the kernel writes no more than there is room for. When it fails, the zeros stay.
    let _ = unsafe { call(GETSOCKNAME, arguments) };
    u16::from_be_bytes([address.0[2], address.0[3]])
}

/// Accepts a connection, whose transfers wait unless it is `nonblocking`.
pub(crate) fn accept(listener: Handle, nonblocking: bool) -> Result<Handle> {
    let flags = CLOSE_ON_EXEC | if nonblocking { NONBLOCKING } else { 0 };
    loop {
        // SAFETY: the kernel writes nothing, and the number is a new file's.
        match unsafe { call(ACCEPT4, [listener.number(), 0, 0, flags]) } {
            Err(Linux::INTR) => {}
            Err(Linux::MFILE) if raise_limit() => {}
            // SAFETY: as above.
            connection => return unsafe { File::own(connection?) }.keep(),
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
        unsafe { call(RECVMSG, [socket.number(), header, flags, 0]) }
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
        unsafe { call(SENDMSG, [socket.number(), header, 0, 0]) }
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
