//! Where a signal came from, and where its thread goes on.

use core::mem::offset_of;
use libc::{__darwin_mcontext64, ucontext_t};

// Behind the fault's own record, 16 registers, of which this is the seventh, and the program counter.
const _: () = assert!(offset_of!(__darwin_mcontext64, __ss.__rbp) == 16 + 6 * 8);
const _: () = assert!(offset_of!(__darwin_mcontext64, __ss.__rip) == 16 + 16 * 8);

/// The instruction that faulted, and the frame pointer there.
///
/// # Safety
/// The record is that of a handler.
pub(in crate::sys) unsafe fn registers(context: &ucontext_t) -> (usize, usize) {
    // SAFETY: the kernel's own record.
    let state = unsafe { &(*context.uc_mcontext).__ss };
    (state.__rip as usize, state.__rbp as usize)
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
    /// Clear, as functions find it.
    const DIRECTION_FLAG: u64 = 0x400;
    // SAFETY: the kernel's own record.
    let state = unsafe { &mut (*context.uc_mcontext).__ss };
    let [first, second, third] = arguments.map(|argument| argument as u64);
    (state.__rdi, state.__rsi, state.__rdx) = (first, second, third);
    state.__rsp = (top as u64 & !0xf) - 8;
    state.__rip = function as usize as u64;
    state.__rflags &= !DIRECTION_FLAG;
}
