//! Where the next read or write of a file begins.

use super::descriptor::{self, Descriptor, Kind};
use super::layout::rights;
use super::{Errno, Guest, Result};
use crate::sys::files::{self, Origin};

/// A file with a right; the standard streams have no position, whatever they are on the host.
fn seekable(fd: u32, needed: u64) -> Result<Descriptor> {
    let descriptor = descriptor::get(fd)?;
    match descriptor.kind {
        Kind::Input | Kind::Output => return Err(Errno::Spipe),
        Kind::File => {}
        Kind::Directory | Kind::Free => return Err(Errno::Badf),
    }
    descriptor.need(needed)?;
    Ok(descriptor)
}

fn seek_from(guest: Guest, fd: u32, offset: i64, origin: Option<Origin>, result: u32) -> Result {
    let file = seekable(fd, rights::FD_SEEK)?;
    let place = guest.place(result)?;
    place.set(files::seek(file.handle, offset, origin.ok_or(Errno::Inval)?)?);
    Ok(())
}

/// `fd_seek`
pub(crate) fn seek(guest: Guest, fd: u32, offset: i64, whence: u32, result: u32) -> Result {
    let origin = match whence {
        0 => Some(Origin::Start),
        1 => Some(Origin::Current),
        2 => Some(Origin::End),
        _ => None,
    };
    seek_from(guest, fd, offset, origin, result)
}

/// `fd_seek` of `wasi_unstable`, which numbers the origins differently.
pub(crate) fn seek_unstable(guest: Guest, fd: u32, offset: i64, whence: u32, result: u32) -> Result {
    let origin = match whence {
        0 => Some(Origin::Current),
        1 => Some(Origin::End),
        2 => Some(Origin::Start),
        _ => None,
    };
    seek_from(guest, fd, offset, origin, result)
}

/// `fd_tell`
pub(crate) fn tell(guest: Guest, fd: u32, result: u32) -> Result {
    let file = seekable(fd, rights::FD_TELL)?;
    guest.write(result, files::seek(file.handle, 0, Origin::Current)?)
}
