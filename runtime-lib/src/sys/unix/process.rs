//! The environment, as a C program finds it.

use core::ffi::{CStr, c_char};

/// The variables of a list of pointers, whose last one is null.
///
/// # Safety
/// The list and its texts stay.
pub(in crate::sys) unsafe fn variables(first: *const *const c_char) -> impl Iterator<Item = &'static CStr> {
    let mut next = first;
    core::iter::from_fn(move || {
        // SAFETY: `next` is inside the list of pointers, whose last one is null.
        let variable = unsafe { next.read() };
        if variable.is_null() {
            return None;
        }
        // SAFETY: not the last one, so another one follows; each text ends in a NUL.
        unsafe {
            next = next.add(1);
            Some(CStr::from_ptr(variable))
        }
    })
}
