//! Going to another stack, and back.

use core::arch::naked_asm;
use core::ffi::c_void;

/// Calls `function` with `argument` and the stack pointer at `top`, a multiple of 16. A debugger's walk goes on from there
/// with the frames of the stack before.
///
/// # Safety
/// The stack is mapped, and nothing is on it.
#[unsafe(naked)]
pub(in crate::sys) unsafe extern "C" fn call_on_stack(
    top: usize,
    function: unsafe extern "C" fn(argument: *mut c_void),
    argument: *mut c_void,
) {
    naked_asm!(
        ".cfi_startproc",
        "stp x29, x30, [sp, #-16]!",
        "mov x29, sp",
        // From here on, the frame pointer leads to the caller.
        ".cfi_def_cfa w29, 16",
        ".cfi_offset w30, -8",
        ".cfi_offset w29, -16",
        "mov sp, x0",
        "mov x0, x2",
        "blr x1",
        "mov sp, x29",
        "ldp x29, x30, [sp], #16",
        "ret",
        ".cfi_endproc",
    )
}
