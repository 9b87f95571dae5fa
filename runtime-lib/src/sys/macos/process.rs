//! The process: what it was started with, and its end.

use crate::sys::unix::process::variables;
use core::ffi::{CStr, c_char, c_int};
use core::ptr::null_mut;
use core::slice;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// The addresses of the arguments, how many there are, and those of the variables.
static ARGUMENTS: AtomicPtr<*const c_char> = AtomicPtr::new(null_mut());
static COUNT: AtomicUsize = AtomicUsize::new(0);
static VARIABLES: AtomicPtr<*const c_char> = AtomicPtr::new(null_mut());

/// Where dyld starts the program, when `libSystem` is ready. Linkers take this name for the entry.
#[unsafe(no_mangle)]
unsafe extern "C" fn main(count: c_int, arguments: *mut *const c_char, variables: *mut *const c_char) -> c_int {
    ARGUMENTS.store(arguments, Ordering::Relaxed);
    COUNT.store(count as usize, Ordering::Relaxed);
    VARIABLES.store(variables, Ordering::Relaxed);
    // SAFETY: the first thing that the program does.
    unsafe { crate::start::start() }
}

/// Ends the process.
pub(crate) fn exit(status: i32) -> ! {
    // SAFETY: nothing is asked for. Nobody has anything to be done at the end.
    unsafe { libc::_exit(status) }
}

/// Its number.
pub(crate) fn id() -> u32 {
    // SAFETY: nothing is asked for.
    unsafe { libc::getpid() as u32 }
}

/// The arguments, the program's name first; each ends in a NUL.
pub(crate) fn arguments() -> &'static [*const c_char] {
    // SAFETY: dyld's list, which stays.
    unsafe { slice::from_raw_parts(ARGUMENTS.load(Ordering::Relaxed), COUNT.load(Ordering::Relaxed)) }
}

/// The environment, variable by variable.
pub(crate) fn environment() -> impl Iterator<Item = &'static CStr> {
    // SAFETY: dyld's list, which a null ends; each text ends in a NUL, and all of it stays.
    unsafe { variables(VARIABLES.load(Ordering::Relaxed)) }
}
