//! Variables of the process's environment, by their names.

use crate::sys::process;
use core::ffi::CStr;

/// The variable of a name, as `NAME=VALUE`.
pub(crate) fn lookup(wanted: &[u8]) -> Option<&'static [u8]> {
    find(wanted).map(CStr::to_bytes)
}

/// The value of a variable.
pub(crate) fn value(wanted: &[u8]) -> Option<&'static CStr> {
    // SAFETY: behind the name and the `=` is the rest of the text, which has the NUL.
    find(wanted).map(|variable| unsafe { CStr::from_ptr(variable.as_ptr().add(wanted.len() + 1)) })
}

fn find(wanted: &[u8]) -> Option<&'static CStr> {
    process::environment().find(|variable| {
        let mut bytes = variable.to_bytes().iter();
        // A comparison of slices would be a function that few programs have otherwise.
        wanted.iter().all(|wanted| bytes.next() == Some(wanted)) && bytes.next() == Some(&b'=')
    })
}

/// The name in `NAME=VALUE`; nothing when there is no name or no value.
pub(crate) fn name(variable: &[u8]) -> Option<&[u8]> {
    let length = variable.iter().position(|&byte| byte == b'=')?;
    variable.get(..length).filter(|name| !name.is_empty())
}
