//! What rustc's code calls where it makes a frame of more than a page: the system adds pages to its own stacks one by one,
//! when the lowest one is touched.

use core::arch::naked_asm;

/// Touches each page of the `rax` bytes below the caller's stack pointer, and changes no register.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn __chkstk() {
    naked_asm!(
        "push rcx",
        "push rax",
        "lea rcx, [rsp + 24]",
        "2:",
        "cmp rax, 4096",
        "jb 3f",
        "sub rcx, 4096",
        "test [rcx], rcx",
        "sub rax, 4096",
        "jmp 2b",
        "3:",
        "sub rcx, rax",
        "test [rcx], rcx",
        "pop rax",
        "pop rcx",
        "ret",
    )
}

/// Whoever computes with floating-point numbers refers to it, and nobody reads it.
#[unsafe(no_mangle)]
static _fltused: i32 = 0;
