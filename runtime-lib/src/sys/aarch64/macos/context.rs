//! Where a signal came from, and where its thread goes on.

use core::mem::offset_of;
use libc::{__darwin_mcontext64, ucontext_t};

// Behind the fault's own record, 32 registers, the program counter last.
const _: () = assert!(offset_of!(__darwin_mcontext64, __ss.__fp) == 16 + 29 * 8);
const _: () = assert!(offset_of!(__darwin_mcontext64, __ss.__pc) == 16 + 32 * 8);

/// The instruction that faulted, and the frame pointer there.
///
/// # Safety
/// The record is that of a handler.
pub(in crate::sys) unsafe fn registers(context: &ucontext_t) -> (usize, usize) {
    // SAFETY: the kernel's own record.
    let state = unsafe { &(*context.uc_mcontext).__ss };
    (state.__pc as usize, state.__fp as usize)
}

/// Has the thread go on as if the instruction that faulted had called `function`, on a stack that ends at `top`.
///
/// # Safety
/// The record is that of a handler; nothing is on the stack when the handler has returned.
pub(in crate::sys) unsafe fn go_on_with(
    context: &mut ucontext_t,
    top: usize,
    function: unsafe extern "C" fn(usize, usize, usize) -> !,
    arguments: [usize; 3],
) {
    // SAFETY: the kernel's own record.
    let state = unsafe { &mut (*context.uc_mcontext).__ss };
    state.__x.iter_mut().zip(arguments).for_each(|(register, argument)| *register = argument as u64);
    state.__lr = state.__pc;
    state.__sp = top as u64 & !0xf;
    state.__pc = function as usize as u64;
}
