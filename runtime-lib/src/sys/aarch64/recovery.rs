//! Going on after a trap: a call that can be given up from wherever its frames have got to.
//!
//! What the C convention keeps, ten integer registers and half of eight vector registers, is on the stack, below the
//! address to go on at; so the stack pointer is all that has to be known. Nothing here changes the modes of
//! floating-point arithmetic.

use core::arch::naked_asm;

/// Bytes from the noted stack pointer to the address to go on at.
const RESUME: usize = 160;

/// Calls `function` with `data` and gives what it returns, or the number that [`recover`] is called
/// with meanwhile. Writes to `point` what that needs.
///
/// # Safety
/// `function` takes `data`; its frames need no unwinding.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn call_recoverable<T>(
    data: *mut T,
    function: unsafe extern "C" fn(data: *mut T) -> u32,
    point: *mut usize,
) -> u32 {
    naked_asm!(
        "stp x29, x30, [sp, #-176]!",
        "mov x29, sp",
        "stp x19, x20, [sp, #16]",
        "stp x21, x22, [sp, #32]",
        "stp x23, x24, [sp, #48]",
        "stp x25, x26, [sp, #64]",
        "stp x27, x28, [sp, #80]",
        "stp d8, d9, [sp, #96]",
        "stp d10, d11, [sp, #112]",
        "stp d12, d13, [sp, #128]",
        "stp d14, d15, [sp, #144]",
        "adr x3, 2f",
        "str x3, [sp, #{resume}]",
        "mov x3, sp",
        "str x3, [x2]",
        "blr x1",
        "2:",
        "ldp x19, x20, [sp, #16]",
        "ldp x21, x22, [sp, #32]",
        "ldp x23, x24, [sp, #48]",
        "ldp x25, x26, [sp, #64]",
        "ldp x27, x28, [sp, #80]",
        "ldp d8, d9, [sp, #96]",
        "ldp d10, d11, [sp, #112]",
        "ldp d12, d13, [sp, #128]",
        "ldp d14, d15, [sp, #144]",
        "ldp x29, x30, [sp], #176",
        "ret",
        resume = const RESUME,
    )
}

/// Gives up the call that wrote `point`: it returns `number`, as if its function had.
///
/// # Safety
/// The function is running, on this thread: under this frame, or under the one that a signal
/// interrupted, with handlers that block no signal.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn recover(point: usize, number: u32) -> ! {
    naked_asm!("mov sp, x0", "ldr x2, [x0, #{resume}]", "mov w0, w1", "br x2", resume = const RESUME)
}
