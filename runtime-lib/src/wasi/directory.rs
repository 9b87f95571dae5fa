//! The entries of a directory.
//!
//! A cookie is the host's own position behind an entry, so it stays good while entries come and go.
//! The kernel's entries are read in batches and laid out anew in the program's buffer; the last one
//! is cut off where the buffer ends, which tells the program that there is more.

use super::layout::{Dirent, Filetype, Record, rights};
use super::{Guest, Result, path};
use crate::sys::directories;
use crate::sys::files;

/// `fd_readdir`
pub(crate) fn read(guest: Guest, fd: u32, buffer: u32, length: u32, cookie: u64, result: u32) -> Result {
    let directory = path::directory(fd, rights::FD_READDIR)?;
    let used = guest.place::<u32>(result)?;
    let start = guest.range(buffer, u64::from(length))?;
    let length = length as usize;
    let mut filled = 0;
    // Appends what fits.
    let mut append = |bytes: &[u8]| {
        let part = bytes.get(..length - filled).unwrap_or(bytes);
        // SAFETY: the program's buffer goes on for at least as many bytes.
        unsafe { start.add(filled).copy_from_nonoverlapping(part.as_ptr(), part.len()) };
        filled += part.len();
        filled < length
    };

    if length == 0 {
        used.set(0);
        return Ok(());
    }
    directories::each(directory.handle, cookie, &mut |entry| {
        let name = entry.name.to_bytes();
        let mut inode = entry.inode;
        let mut filetype = entry.filetype;
        if name == b".." {
            // What is above is not the program's business.
            inode = files::attributes(directory.handle)?.inode;
        } else if filetype == Filetype::Unknown
            && let Ok(attributes) = files::attributes_at(directory.handle, entry.name)
        {
            filetype = attributes.filetype;
        }
        let dirent = Dirent {
            next: entry.next,
            inode,
            name_length: name.len() as u32,
            filetype: filetype as u8,
            padding: [0; 3],
        };
        Ok(append(dirent.as_bytes()) && append(name))
    })?;
    used.set(filled as u32);
    Ok(())
}
