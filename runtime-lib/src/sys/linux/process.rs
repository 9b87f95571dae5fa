//! The process: what the kernel handed over at its start, and its end.
//!
//! The kernel leaves one block at the initial stack pointer: the number of arguments, pointers to
//! them, a null, pointers to the environment, a null, and the auxiliary vector. Only its address is
//! kept; whoever asks walks it.

use crate::sys::unix::process::variables;
use core::ffi::{CStr, c_char};
use core::ptr::null_mut;
use core::slice;
use core::sync::atomic::{AtomicPtr, Ordering};

pub(crate) use rustix_runtime::exit_group as exit;

/// What of rustix is meant for those who start processes themselves. Its path changes with each
/// release, to keep others away; the workspace pins the release.
pub(in crate::sys) use rustix::runtime_448b8ad740e2a26f as rustix_runtime;

/// The address of the block; the process's own, so it stays for good.
static BLOCK: AtomicPtr<usize> = AtomicPtr::new(null_mut());

/// Its number.
pub(crate) fn id() -> u32 {
    rustix::process::getpid().as_raw_nonzero().get() as u32
}

/// Keeps what the kernel handed over.
///
/// # Safety
/// `block` is the stack pointer that the kernel started the process with; called once, first.
pub(in crate::sys) unsafe fn remember(block: *mut usize) {
    BLOCK.store(block, Ordering::Relaxed);
}

/// The arguments, the program's name first; each ends in a NUL.
pub(crate) fn arguments() -> &'static [*const c_char] {
    let block = BLOCK.load(Ordering::Relaxed);
    // SAFETY: the block begins with the number of pointers that follow it.
    unsafe { slice::from_raw_parts(block.add(1).cast(), block.read()) }
}

/// The environment, variable by variable.
pub(crate) fn environment() -> impl Iterator<Item = &'static CStr> {
    // SAFETY: the kernel ends the list and each text, and both stay.
    unsafe { variables(first_variable()) }
}

/// What the kernel says of the process under the number `kind`, behind the environment: a list of pairs.
pub(in crate::sys) fn auxiliary(kind: usize) -> Option<usize> {
    // SAFETY: a null ends the environment, and a 0 the pairs.
    unsafe {
        let mut word = first_variable().cast::<usize>();
        while word.read() != 0 {
            word = word.add(1);
        }
        word = word.add(1);
        while word.read() != 0 {
            if word.read() == kind {
                return Some(word.add(1).read());
            }
            word = word.add(2);
        }
    }
    None
}

fn first_variable() -> *const *const c_char {
    // SAFETY: the list of arguments ends with a null pointer, and the environment follows it.
    unsafe { arguments().as_ptr().add(arguments().len() + 1) }
}
