//! Threads: what Windows has to be asked for.

use super::processor;
use crate::sys::hosted::thread::Begin;
use core::ffi::c_void;
use core::ops::Range;
use core::ptr::{null, null_mut};
use windows_sys::Win32::Foundation::CloseHandle;
use windows_sys::Win32::System::Threading::{CreateThread, STACK_SIZE_PARAM_IS_A_RESERVATION, SwitchToThread};

pub(in crate::sys) use crate::sys::hosted::thread::continue_on;
pub(crate) use crate::sys::hosted::thread::{Thread, start};

/// Lets another thread run that waits for the processor.
pub(crate) fn give_way() {
    // SAFETY: nothing is asked for.
    unsafe { SwitchToThread() };
}

/// Bytes of memory below a stack: the system describes a fault on the stack of the fault, and so below a frame that does not
/// fit.
pub(in crate::sys) fn landing() -> usize {
    crate::start::program().stack_landing
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
    // SAFETY: the caller vouches for the stack; the memory that belongs to it begins below its limit.
    unsafe { processor::call_on_stack(stack.start - landing(), stack.end, function, argument) };
}

/// Makes a thread that calls what is at `block`, with that address; gives whether it worked.
///
/// # Safety
/// The block stays, and is for another thread to use.
pub(in crate::sys) unsafe fn spawn(block: *mut c_void) -> bool {
    /// Of the system's own stack.
    const STACK: usize = 64 << 10;
    unsafe extern "system" fn enter(block: *mut c_void) -> u32 {
        // SAFETY: what the caller passed.
        unsafe { (*block.cast::<Begin>())(block) };
        0
    }
    // SAFETY: the caller vouches for the block; the thread itself stays.
    unsafe {
        let handle = CreateThread(null(), STACK, Some(enter), block, STACK_SIZE_PARAM_IS_A_RESERVATION, null_mut());
        if !handle.is_null() {
            CloseHandle(handle);
        }
        !handle.is_null()
    }
}
