//! TCP sockets: those that listen, and the connections that they accept.
//!
//! Programs without sockets link nothing of this: what `files` needs of it, it gets through [`SocketCalls`].

use super::files::{Buffer, Handle, SOCKET_CALLS, SocketCalls};
use super::poll::Watch;
use crate::wasi::{Errno, Result};
use core::hint::black_box;
use core::mem::MaybeUninit;
use core::net::SocketAddr;
use core::ptr::{null, null_mut};
use core::sync::atomic::Ordering;
use windows_sys::Win32::Networking::WinSock::{
    self, FIONBIO, FIONREAD, INVALID_SOCKET, IPPROTO_TCP, MSG_PEEK, POLLERR, POLLHUP, POLLNVAL, POLLRDNORM, POLLWRNORM,
    SD_BOTH, SD_RECEIVE, SD_SEND, SO_EXCLUSIVEADDRUSE, SOCK_STREAM, SOCKET_ERROR, SOL_SOCKET, SOMAXCONN,
    WSA_FLAG_NO_HANDLE_INHERIT, WSA_FLAG_OVERLAPPED, WSABUF, WSADATA, WSAGetLastError, WSAPOLLFD, WSAPoll, WSARecv,
    WSASend, WSASocketW, WSAStartup, closesocket, getsockname, ioctlsocket, setsockopt,
};

static CALLS: SocketCalls = SocketCalls { close, receive: receive_any, send, available, set_nonblocking, wait };

/// `struct sockaddr_in` or `sockaddr_in6`: the family in the machine's order, the port in the network's, the rest.
#[repr(C, align(4))]
struct Address([u8; Address::SIZE]);

impl Address {
    /// The larger one's bytes.
    const SIZE: usize = 28;

    /// The address, its family and its length.
    fn new(address: &SocketAddr) -> (Address, u8, i32) {
        const INET: u8 = 2;
        const INET6: u8 = 23;
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
        (Address(bytes), family, length)
    }
}

/// Has the library ready, once, and lets files be sockets from here on.
fn start() -> Result {
    const VERSION: u16 = 0x202;
    if SOCKET_CALLS.load(Ordering::Relaxed).is_null() {
        let mut data = MaybeUninit::<WSADATA>::uninit();
        // SAFETY: the library fills in the record.
        if unsafe { WSAStartup(VERSION, data.as_mut_ptr()) } != 0 {
            return Err(Errno::Notsup);
        }
        // The optimizer must not see that this is all that is ever stored: it would call these directly, from every program.
        SOCKET_CALLS.store(black_box((&raw const CALLS).cast_mut()), Ordering::Relaxed);
    }
    Ok(())
}

/// What went wrong in the call before.
fn error() -> Errno {
    // SAFETY: nothing is asked for.
    match unsafe { WSAGetLastError() } {
        WinSock::WSAEACCES => Errno::Acces,
        WinSock::WSAEADDRINUSE => Errno::Addrinuse,
        WinSock::WSAEADDRNOTAVAIL => Errno::Addrnotavail,
        WinSock::WSAEAFNOSUPPORT => Errno::Afnosupport,
        WinSock::WSAEWOULDBLOCK => Errno::Again,
        WinSock::WSAECONNABORTED => Errno::Connaborted,
        WinSock::WSAECONNRESET => Errno::Connreset,
        WinSock::WSAESHUTDOWN => Errno::Pipe,
        WinSock::WSAEINTR => Errno::Intr,
        WinSock::WSAEINVAL => Errno::Inval,
        WinSock::WSAEMFILE => Errno::Mfile,
        WinSock::WSAENETDOWN => Errno::Netdown,
        WinSock::WSAENETRESET => Errno::Netreset,
        WinSock::WSAENOBUFS => Errno::Nobufs,
        WinSock::WSAENOTCONN => Errno::Notconn,
        WinSock::WSAENOTSOCK => Errno::Notsock,
        WinSock::WSAEOPNOTSUPP => Errno::Notsup,
        WinSock::WSAETIMEDOUT => Errno::Timedout,
        _ => Errno::Io,
    }
}

/// The outcome of a call that gives 0, or says later what went wrong.
fn check(result: i32) -> Result {
    if result == SOCKET_ERROR { Err(error()) } else { Ok(()) }
}

fn socket_of(handle: Handle) -> Result<usize> {
    handle.socket().ok_or(Errno::Notsock)
}

/// Opens a socket that listens on `address` and does not wait for connections. Nobody else can listen there meanwhile.
pub(crate) fn listen(address: &SocketAddr) -> Result<Handle> {
    start()?;
    let (address, family, length) = Address::new(address);
    // SAFETY: the library reads the address.
    unsafe {
        let flags = WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT;
        let socket = WSASocketW(family.into(), SOCK_STREAM, IPPROTO_TCP, null(), 0, flags);
        if socket == INVALID_SOCKET {
            return Err(error());
        }
        let handle = Handle::of_socket(socket);
        let alone = 1_i32.to_le_bytes();
        let opened = check(setsockopt(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, alone.as_ptr(), alone.len() as i32))
            .and_then(|()| check(WinSock::bind(socket, address.0.as_ptr().cast(), length)))
            .and_then(|()| check(WinSock::listen(socket, SOMAXCONN as i32)))
            .and_then(|()| set_nonblocking(handle, true));
        opened.map(|()| handle).inspect_err(|_| close(handle))
    }
}

/// The port that a socket is bound to, 0 if that cannot be told.
pub(crate) fn port(socket: Handle) -> u16 {
    let mut address = Address([0; Address::SIZE]);
    let mut length = Address::SIZE as i32;
    if let Some(socket) = socket.socket() {
        // SAFETY: the library writes no more than there is room for. When it fails, the zeros stay.
        unsafe { getsockname(socket, address.0.as_mut_ptr().cast(), &mut length) };
    }
    u16::from_be_bytes([address.0[2], address.0[3]])
}

/// Accepts a connection, whose transfers wait unless it is `nonblocking`.
pub(crate) fn accept(listener: Handle, nonblocking: bool) -> Result<Handle> {
    // SAFETY: nobody asks for the address.
    let socket = unsafe { WinSock::accept(socket_of(listener)?, null_mut(), null_mut()) };
    if socket == INVALID_SOCKET {
        return Err(error());
    }
    let handle = Handle::of_socket(socket);
    // It would be as its listener is.
    set_nonblocking(handle, nonblocking).map(|()| handle).inspect_err(|_| close(handle))
}

fn close(handle: Handle) {
    if let Some(socket) = handle.socket() {
        // SAFETY: the caller owns the socket.
        unsafe { closesocket(socket) };
    }
}

fn set_nonblocking(handle: Handle, nonblocking: bool) -> Result {
    let mut argument = u32::from(nonblocking);
    // SAFETY: the library reads the number.
    check(unsafe { ioctlsocket(socket_of(handle)?, FIONBIO, &mut argument) })
}

fn available(handle: Handle) -> Result<u64> {
    let mut bytes = 0;
    // SAFETY: the library fills in the number.
    check(unsafe { ioctlsocket(socket_of(handle)?, FIONREAD, &mut bytes) })?;
    Ok(bytes.into())
}

/// Buffers of one transfer.
const BUFFERS: usize = 16;

/// The first buffers as the library takes them, and how many there are.
fn translate(buffers: &[Buffer]) -> ([WSABUF; BUFFERS], u32) {
    let mut list = [WSABUF { len: 0, buf: null_mut() }; BUFFERS];
    let mut count = 0;
    for (place, buffer) in list.iter_mut().zip(buffers.iter().filter(|buffer| buffer.length > 0)) {
        *place = WSABUF { len: buffer.length.min(1 << 30) as u32, buf: buffer.start };
        count += 1;
    }
    (list, count)
}

/// Repeats a transfer until it has an outcome: a socket that somebody made non-blocking is waited for if `waits`.
fn transferred(handle: Handle, write: bool, waits: bool, transfer: &mut dyn FnMut() -> Result<usize>) -> Result<usize> {
    loop {
        match transfer() {
            Err(Errno::Again) if waits => {
                super::poll::wait(&mut [Watch::new(handle, write)], None)?;
            }
            Err(Errno::Intr) => {}
            result => return result,
        }
    }
}

/// Receives. With `peek`, what comes stays to be received; with `all`, the buffers are filled as far as the connection
/// goes on.
///
/// # Safety
/// The buffers are the caller's to write.
pub(crate) unsafe fn receive(
    handle: Handle,
    buffers: &mut [Buffer],
    (peek, all): (bool, bool),
    waits: bool,
) -> Result<usize> {
    let socket = socket_of(handle)?;
    if all && !peek && waits {
        // SAFETY: the caller's buffers.
        return unsafe { receive_all(handle, buffers) };
    }
    transferred(handle, false, waits, &mut || {
        let (list, count) = translate(buffers);
        let (mut received, mut flags) = (0, if peek { MSG_PEEK as u32 } else { 0 });
        // SAFETY: the caller's buffers.
        check(unsafe { WSARecv(socket, list.as_ptr(), count, &mut received, &mut flags, null_mut(), None) })?;
        Ok(received as usize)
    })
}

/// Receives until the buffers are full or the connection has ended.
unsafe fn receive_all(handle: Handle, buffers: &mut [Buffer]) -> Result<usize> {
    let mut total = 0;
    for buffer in buffers {
        while buffer.length > 0 {
            // SAFETY: the caller's buffer.
            let received = match unsafe { receive(handle, &mut [*buffer], (false, false), true) } {
                Err(_) if total > 0 => return Ok(total),
                received => received?,
            };
            if received == 0 {
                return Ok(total);
            }
            buffer.start = buffer.start.wrapping_add(received);
            buffer.length -= received;
            total += received;
        }
    }
    Ok(total)
}

unsafe fn receive_any(handle: Handle, buffers: &mut [Buffer], waits: bool) -> Result<usize> {
    // SAFETY: the caller's buffers.
    unsafe { receive(handle, buffers, (false, false), waits) }
}

/// Sends.
///
/// # Safety
/// The buffers are the caller's to read.
pub(crate) unsafe fn send(handle: Handle, buffers: &[Buffer], waits: bool) -> Result<usize> {
    let socket = socket_of(handle)?;
    transferred(handle, true, waits, &mut || {
        let (list, count) = translate(buffers);
        let mut sent = 0;
        // SAFETY: the caller's buffers.
        let result = check(unsafe { WSASend(socket, list.as_ptr(), count, &mut sent, 0, null_mut(), None) });
        match result {
            // Nobody reads any more.
            Err(Errno::Connreset | Errno::Connaborted) => Err(Errno::Pipe),
            result => result.map(|()| sent as usize),
        }
    })
}

/// Ends receiving, sending, or both.
pub(crate) fn shutdown(socket: Handle, receiving: bool, sending: bool) -> Result {
    let how = match (receiving, sending) {
        (_, false) => SD_RECEIVE,
        (false, true) => SD_SEND,
        (true, true) => SD_BOTH,
    };
    // SAFETY: nothing is asked for.
    check(unsafe { WinSock::shutdown(socket_of(socket)?, how) })
}

/// Sockets that are waited for at a time.
const WATCHES: usize = 64;

/// Waits for the sockets among `watches`, and gives how many are ready. More than [`WATCHES`] of them are looked at in parts,
/// without waiting.
fn wait(watches: &mut [Watch], milliseconds: u32) -> Result<usize> {
    let sockets = watches.iter().filter(|watch| watch.handle.socket().is_some()).count();
    let milliseconds = if sockets > WATCHES { milliseconds.min(1) } else { milliseconds.min(i32::MAX as u32) };
    let mut ready = 0;
    let mut left = watches;
    while !left.is_empty() {
        let (part, rest) = left.split_at_mut(left.len().min(WATCHES));
        let waits = if rest.is_empty() && ready == 0 { milliseconds } else { 0 };
        ready += wait_part(part, waits as i32)?;
        left = rest;
    }
    Ok(ready)
}

fn wait_part(watches: &mut [Watch], milliseconds: i32) -> Result<usize> {
    let mut list = [WSAPOLLFD { fd: INVALID_SOCKET, events: 0, revents: 0 }; WATCHES];
    let mut count = 0;
    for (place, watch) in list.iter_mut().zip(watches.iter().filter(|watch| watch.handle.socket().is_some())) {
        place.fd = watch.handle.socket().unwrap_or(INVALID_SOCKET);
        place.events = if watch.write { POLLWRNORM } else { POLLRDNORM };
        count += 1;
    }
    if count == 0 {
        return Ok(0);
    }
    // SAFETY: so many are there.
    check(unsafe { WSAPoll(list.as_mut_ptr(), count, milliseconds) })?;
    let mut ready = 0;
    for (watch, found) in watches.iter_mut().filter(|watch| watch.handle.socket().is_some()).zip(&list) {
        watch.ready = found.revents != 0;
        watch.hung_up = found.revents & (POLLHUP | POLLERR | POLLNVAL) != 0;
        ready += usize::from(watch.ready);
    }
    Ok(ready)
}
