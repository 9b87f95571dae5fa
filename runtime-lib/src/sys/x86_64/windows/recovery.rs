//! Going on after a trap: a call that can be given up from wherever its frames have got to.
//!
//! Of the registers, this system's convention keeps eight, ten vector registers and the stack pointer; all but the last are
//! on the stack, so the stack pointer is all that has to be known.

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
        "push rdi",
        "push rsi",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "sub rsp, 200",
        "movaps [rsp + 32], xmm6",
        "movaps [rsp + 48], xmm7",
        "movaps [rsp + 64], xmm8",
        "movaps [rsp + 80], xmm9",
        "movaps [rsp + 96], xmm10",
        "movaps [rsp + 112], xmm11",
        "movaps [rsp + 128], xmm12",
        "movaps [rsp + 144], xmm13",
        "movaps [rsp + 160], xmm14",
        "movaps [rsp + 176], xmm15",
        "mov [r8], rsp",
        "call rdx",
        "movaps xmm6, [rsp + 32]",
        "movaps xmm7, [rsp + 48]",
        "movaps xmm8, [rsp + 64]",
        "movaps xmm9, [rsp + 80]",
        "movaps xmm10, [rsp + 96]",
        "movaps xmm11, [rsp + 112]",
        "movaps xmm12, [rsp + 128]",
        "movaps xmm13, [rsp + 144]",
        "movaps xmm14, [rsp + 160]",
        "movaps xmm15, [rsp + 176]",
        "add rsp, 200",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rsi",
        "pop rdi",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}

/// Gives up the call that wrote `point`: it returns `number`, as if its function had.
///
/// # Safety
/// The function is running, on this thread and under this frame.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn recover(point: usize, number: u32) -> ! {
    // The return address of the call is still below the stack pointer that was noted.
    naked_asm!("lea rsp, [rcx - 8]", "mov eax, edx", "cld", "ret")
}
