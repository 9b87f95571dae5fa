//! Threads: what macOS has to be asked for.

use super::signals::{self, HANDLER_STACK_SIZE};
use super::{mapping, processor};
use crate::sys::hosted::thread::Begin;
use core::ffi::c_void;
use core::mem::MaybeUninit;
use core::ops::Range;
use core::ptr::null;

pub(in crate::sys) use crate::sys::hosted::thread::continue_on;
pub(crate) use crate::sys::hosted::thread::{Thread, start};

/// Lets another thread run that waits for the processor.
pub(crate) fn give_way() {
    // SAFETY: nothing is asked for.
    unsafe { libc::sched_yield() };
}

/// Bytes of memory below a stack: handlers have stacks of their own.
pub(in crate::sys) fn landing() -> usize {
    0
}

/// Calls `function` with `argument` on `stack`.
///
/// # Safety
/// The stack is mapped, and nothing is on it.
pub(in crate::sys) unsafe fn call_on(
    stack: &Range<usize>,
    function: unsafe extern "C" fn(argument: *mut c_void),
    argument: *mut c_void,
) {
    // SAFETY: the caller vouches for the stack.
    unsafe { processor::call_on_stack(stack.end, function, argument) };
}

/// Makes a thread that calls what is at `block`, with that address; gives whether it worked.
///
/// # Safety
/// The block stays, and is for another thread to use.
pub(in crate::sys) unsafe fn spawn(block: *mut c_void) -> bool {
    extern "C" fn enter(block: *mut c_void) -> *mut c_void {
        // SAFETY: what the caller passed. The stack for handlers is this thread's, and stays; without one there would be no
        // more to be lost than a message.
        unsafe {
            if let Some(stack) = mapping::allocate(0, HANDLER_STACK_SIZE as u64) {
                signals::handle_on(stack);
            }
            (*block.cast::<Begin>())(block);
        }
        block
    }
    let mut number = MaybeUninit::uninit();
    // SAFETY: nobody asks the system when the thread ends.
    unsafe {
        let is_made = libc::pthread_create(number.as_mut_ptr(), null(), enter, block) == 0;
        if is_made {
            libc::pthread_detach(number.assume_init());
        }
        is_made
    }
}
