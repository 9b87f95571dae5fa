//! The granted directories, which a program finds open, from number 3 on, or behind its listening
//! sockets, in the order of the grants.
//!
//! They are opened when the program first asks for one of them: by these calls, or by a path or a
//! directory's entries. Until then nothing else can have their numbers. A directory that cannot be
//! opened ends the program, with a message: the person who granted it should know.

use core::sync::atomic::{AtomicBool, Ordering};

use super::descriptor::{self, Descriptor};
use super::layout::{Filetype, Prestat};
use super::path::Path;
use super::{Errno, Guest, Result, grants};
use crate::sys::files;

/// Opens the granted directories, the first time it is called.
pub(super) fn open_all() {
    static OPENED: AtomicBool = AtomicBool::new(false);
    if OPENED.load(Ordering::Relaxed) {
        return;
    }
    OPENED.store(true, Ordering::Relaxed);
    let mut index = 0;
    let _ = grants::directories(&mut |grant| {
        if open(index, &grant).is_err() {
            grants::refuse(&grant);
        }
        index += 1;
        Ok(())
    });
}

fn open(index: u32, grant: &grants::Directory) -> Result {
    let mut host = Path::new();
    host.set(grant.host)?;
    let handle = files::open_directory(host.text())?;
    descriptor::insert_from(3, Descriptor::preopen(handle, index, grant.read_only))?;
    Ok(())
}

/// The grant behind a descriptor; nothing if it is not a granted directory.
fn grant(fd: u32) -> Result<Option<grants::Directory>> {
    open_all();
    let mut before = descriptor::get(fd)?.preopen;
    let mut found = None;
    grants::directories(&mut |grant| {
        before = before.wrapping_sub(1);
        if before == 0 {
            found = Some(grant);
        }
        Ok(())
    })?;
    Ok(found)
}

/// `preopentype`: a directory.
const DIRECTORY: u32 = 0;
/// A kind that the specification does not have: a socket.
const SOCKET: u32 = 1;

/// `fd_prestat_get`
pub(crate) fn get(guest: Guest, fd: u32, result: u32) -> Result {
    let prestat = match grant(fd)? {
        Some(grant) => Prestat { tag: DIRECTORY, name_length: grant.guest.len() as u32 },
        // C libraries look for directories until they are told of a number that means nothing: here
        // they have to go on.
        None if descriptor::get(fd)?.filetype == Filetype::SocketStream => Prestat { tag: SOCKET, name_length: 0 },
        None => return Err(Errno::Badf),
    };
    guest.write(result, prestat)
}

/// `fd_prestat_dir_name`
pub(crate) fn directory_name(guest: Guest, fd: u32, path: u32, length: u32) -> Result {
    let grant = grant(fd)?.ok_or(Errno::Notdir)?;
    if grant.guest.len() > length as usize {
        return Err(Errno::Nametoolong);
    }
    guest.copy(path, grant.guest)
}
