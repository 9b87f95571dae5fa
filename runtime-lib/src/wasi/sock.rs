//! Sockets. None can be granted yet, so what a descriptor stands for is never one.

use super::{Errno, Guest, Result, descriptor};

fn not_a_socket(fd: u32) -> Result {
    descriptor::get(fd)?;
    Err(Errno::Notsock)
}

/// `sock_accept`
pub(crate) fn accept(_: Guest, fd: u32, _flags: u32, _result: u32) -> Result {
    not_a_socket(fd)
}

/// `sock_recv`
pub(crate) fn receive(
    _: Guest,
    fd: u32,
    _iovs: u32,
    _count: u32,
    _flags: u32,
    _size: u32,
    _result_flags: u32,
) -> Result {
    not_a_socket(fd)
}

/// `sock_send`
pub(crate) fn send(_: Guest, fd: u32, _iovs: u32, _count: u32, _flags: u32, _size: u32) -> Result {
    not_a_socket(fd)
}

/// `sock_shutdown`
pub(crate) fn shutdown(_: Guest, fd: u32, _how: u32) -> Result {
    not_a_socket(fd)
}
