//! Going on after a trap: a call that can be given up from wherever its frames have got to.
//!
//! Of the registers, the C convention keeps six and the stack pointer; those six are on the stack,
//! so the stack pointer is all that has to be known. Vector registers are the caller's to save, and
//! nothing here changes the modes of floating-point arithmetic.

use core::arch::naked_asm;

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
        "push rbp",
        "mov rbp, rsp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 8",
        "mov [rdx], rsp",
        "call rsi",
        "add rsp, 8",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// Gives up the call that wrote `point`: it returns `number`, as if its function had.
///
/// # Safety
/// The function is running, on this thread: under this frame, or under the one that a signal
/// interrupted, with handlers that block no signal.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn recover(point: usize, number: u32) -> ! {
    // The return address of the call is still below the stack pointer that was noted.
    naked_asm!("lea rsp, [rdi - 8]", "mov eax, esi", "cld", "ret")
}
