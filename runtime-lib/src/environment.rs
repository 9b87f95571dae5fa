//! Variables of the process's environment, by their names.

use crate::sys::process;
use core::ffi::CStr;

/// The variable of a name, as `NAME=VALUE`.
pub(crate) fn lookup(wanted: &[u8]) -> Option<&'static [u8]> {
    process::environment().map(CStr::to_bytes).find(|variable| {
        let mut bytes = variable.iter();
        // A comparison of slices would be a function that few programs have otherwise.
        wanted.iter().all(|wanted| bytes.next() == Some(wanted)) && bytes.next() == Some(&b'=')
    })
}

/// The name in `NAME=VALUE`; nothing when there is no name or no value.
pub(crate) fn name(variable: &[u8]) -> Option<&[u8]> {
    let length = variable.iter().position(|&byte| byte == b'=')?;
    variable.get(..length).filter(|name| !name.is_empty())
}
