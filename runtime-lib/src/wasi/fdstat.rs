//! What a descriptor is, how it behaves, and what it may be used for.

use super::descriptor::{self, Kind};
use super::layout::{Fdstat, Filetype, fdflags, rights};
use super::{Errno, Guest, Result};
use crate::sys::files;

/// `fd_fdstat_get`
pub(crate) fn get(guest: Guest, fd: u32, result: u32) -> Result {
    let descriptor = descriptor::get(fd)?;
    let (rights_base, rights_inheriting) = descriptor.reported_rights();
    let filetype = match descriptor.kind {
        // C libraries take a character device that cannot seek for a terminal, so nothing else
        // among the standard streams may look like one.
        Kind::Input | Kind::Output if files::is_terminal(descriptor.handle) => Filetype::CharacterDevice,
        _ => descriptor.filetype,
    };
    let fdstat = Fdstat {
        filetype: filetype as u8,
        flags: descriptor.flags,
        rights_base,
        rights_inheriting,
        ..Fdstat::default()
    };
    guest.write(result, fdstat)
}

/// `fd_fdstat_set_flags`: only appending and not waiting can be changed.
pub(crate) fn set_flags(_: Guest, fd: u32, flags: u32) -> Result {
    let file = descriptor::file(fd, rights::FD_FDSTAT_SET_FLAGS)?;
    let changeable = fdflags::APPEND | fdflags::NONBLOCK;
    let flags = u16::try_from(flags).ok().filter(|flags| flags & !changeable == 0);
    let flags = flags.ok_or(Errno::Inval)?;
    let handle = files::set_flags(file.handle, flags & fdflags::APPEND != 0, flags & fdflags::NONBLOCK != 0)?;
    // SAFETY: written at once.
    let entry = unsafe { descriptor::entry(fd) }?;
    entry.handle = handle;
    entry.flags = file.flags & !changeable | flags;
    Ok(())
}

/// `fd_fdstat_set_rights`: rights can be given up, not gained.
pub(crate) fn set_rights(_: Guest, fd: u32, base: u64, inheriting: u64) -> Result {
    // SAFETY: the table is not used otherwise in here.
    let descriptor = unsafe { descriptor::entry(fd) }?;
    let (reported_base, reported_inheriting) = descriptor.reported_rights();
    if base & !reported_base != 0 || inheriting & !reported_inheriting != 0 {
        return Err(Errno::Notcapable);
    }
    descriptor.rights = base;
    descriptor.inheriting = inheriting;
    Ok(())
}
