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
        "push rbp",
        ".cfi_def_cfa_offset 16",
        ".cfi_offset rbp, -16",
        "mov rbp, rsp",
        // From here on, the frame pointer leads to the caller.
        ".cfi_def_cfa_register rbp",
        "mov rsp, rdi",
        "mov rdi, rdx",
        "call rsi",
        "mov rsp, rbp",
        "pop rbp",
        "ret",
        ".cfi_endproc",
    )
}
