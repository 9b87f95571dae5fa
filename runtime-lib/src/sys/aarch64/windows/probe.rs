//! What rustc's code calls where it makes a frame of more than a page: the system adds pages to its own stacks one by one,
//! when the lowest one is touched.

use core::arch::naked_asm;

/// Touches each page of the 16 times `x15` bytes below the stack pointer. Changes `x16` and `x17` alone.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn __chkstk() {
    naked_asm!(
        "lsl x16, x15, #4",
        "mov x17, sp",
        "2:",
        "sub x17, x17, #1, lsl #12",
        "subs x16, x16, #1, lsl #12",
        "ldr xzr, [x17]",
        "b.gt 2b",
        "ret",
    )
}

/// Whoever computes with floating-point numbers refers to it, and nobody reads it.
#[unsafe(no_mangle)]
static _fltused: i32 = 0;
