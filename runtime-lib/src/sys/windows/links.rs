//! Making and reading symbolic links.

use super::files::{Handle, close, open_entry};
use super::name::Name;
use super::nt::{self, Status};
use super::reparse::{self, Kind};
use crate::wasi::{Errno, Result};
use core::ffi::CStr;
use core::mem::MaybeUninit;
use core::ptr::{null_mut, without_provenance_mut};
use core::slice;
use windows_sys::Wdk::Storage::FileSystem::{
    FILE_CREATE, FILE_DIRECTORY_FILE, NtAdjustPrivilegesToken, NtOpenProcessToken,
};
use windows_sys::Win32::Foundation::{CloseHandle, HANDLE, LUID};
use windows_sys::Win32::Security::{
    LUID_AND_ATTRIBUTES, SE_PRIVILEGE_ENABLED, TOKEN_ADJUST_PRIVILEGES, TOKEN_PRIVILEGES,
};
use windows_sys::Win32::Storage::FileSystem::{DELETE, FILE_WRITE_ATTRIBUTES, FILE_WRITE_DATA};

/// Sees that a text is made of names, as the program may use them: others would take it for a drive or a share.
fn check_text(text: &[u8]) -> Result {
    let names = text.split(|&byte| byte == b'/');
    names.filter(|name| !matches!(*name, b"" | b"." | b"..")).try_for_each(|name| Name::of_bytes(name).map(|_| ()))
}

/// Switches on the privilege to make symbolic links, where the process has it: those of administrators are off at first.
fn ask_for_links() {
    const THIS_PROCESS: HANDLE = without_provenance_mut(usize::MAX);
    // SeCreateSymbolicLinkPrivilege
    const CREATE_LINKS: LUID = LUID { LowPart: 35, HighPart: 0 };
    let only = [LUID_AND_ATTRIBUTES { Luid: CREATE_LINKS, Attributes: SE_PRIVILEGE_ENABLED }];
    let state = TOKEN_PRIVILEGES { PrivilegeCount: 1, Privileges: only };
    let mut token = null_mut();
    // Without it, the link cannot be made, and the system says so then.
    // SAFETY: the system fills in the handle, which is closed; the record is there.
    unsafe {
        if NtOpenProcessToken(THIS_PROCESS, TOKEN_ADJUST_PRIVILEGES, &mut token) >= 0 {
            NtAdjustPrivilegesToken(token, false, &raw const state, 0, null_mut(), null_mut());
            CloseHandle(token);
        }
    }
}

/// Makes a symbolic link with the given text.
pub(crate) fn symlink(text: &CStr, directory: Handle, name: &CStr) -> Result {
    let name = Name::of(name)?;
    if name.is_itself() {
        return Err(Errno::Exist);
    }
    if name.wants_directory {
        return Err(Errno::Noent);
    }
    check_text(text.to_bytes())?;
    // The system's own programs want to know what a link leads to. What leads outside is nobody's to know.
    let target = super::paths::directory_beneath(directory, text);
    let options = match target {
        Ok(target) => {
            target.into_iter().for_each(close);
            FILE_DIRECTORY_FILE
        }
        Err(_) => 0,
    };
    // What counts is what the process may do when the file is opened.
    ask_for_links();
    let access = FILE_WRITE_DATA | FILE_WRITE_ATTRIBUTES | DELETE;
    let link = nt::open(directory.get(), &name, access, FILE_CREATE, options)?;
    let written = reparse::write(link.handle(), text.to_bytes());
    if written.is_err() {
        let _ = super::entries::delete(link.handle());
    }
    Ok(written?)
}

/// The text of a symbolic link, cut off at the end of the buffer; a slash where it is the host's own path.
pub(crate) fn read_link<'a>(directory: Handle, name: &CStr, buffer: &'a mut [MaybeUninit<u8>]) -> Result<&'a [u8]> {
    let file = open_entry(directory, &Name::of(name)?, 0)?;
    if reparse::kind(file.handle())? != Kind::Link {
        return Err(Errno::Inval);
    }
    buffer.fill(MaybeUninit::new(0));
    // SAFETY: the line above filled it.
    let bytes = unsafe { slice::from_raw_parts_mut(buffer.as_mut_ptr().cast::<u8>(), buffer.len()) };
    let length = match reparse::read(file.handle(), bytes) {
        Err(Status::NOT_A_REPARSE_POINT) => return Err(Errno::Inval),
        length => length?,
    };
    Ok(bytes.get(..length).unwrap_or(&[]))
}
