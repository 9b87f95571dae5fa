//! Going to another stack, and back.

use core::arch::naked_asm;
use core::ffi::c_void;

/// Calls `function` with `argument` and the stack pointer at `top`, a multiple of 16; the memory of the stack begins at
/// `lowest`. The frame pointer is zeroed, to end every walk. The system is told where the stack is, as for a fiber: it
/// looks there before it delivers an exception to handlers of its own.
///
/// # Safety
/// The stack is mapped, and nothing is on it.
#[unsafe(naked)]
pub(in crate::sys) unsafe extern "C" fn call_on_stack(
    lowest: usize,
    top: usize,
    function: unsafe extern "C" fn(argument: *mut c_void),
    argument: *mut c_void,
) {
    naked_asm!(
        "stp x29, x30, [sp, #-64]!",
        "str x19, [sp, #16]",
        // `StackBase`, `StackLimit` and `DeallocationStack` of the thread's block.
        "ldr x4, [x18, #0x8]",
        "ldr x5, [x18, #0x10]",
        "ldr x6, [x18, #0x1478]",
        "str x4, [sp, #24]",
        "stp x5, x6, [sp, #32]",
        "str x1, [x18, #0x8]",
        "str x0, [x18, #0x10]",
        "str x0, [x18, #0x1478]",
        "mov x19, sp",
        "mov sp, x1",
        "mov x29, xzr",
        "mov x0, x3",
        "blr x2",
        "mov sp, x19",
        "ldr x4, [sp, #24]",
        "ldp x5, x6, [sp, #32]",
        "str x6, [x18, #0x1478]",
        "str x5, [x18, #0x10]",
        "str x4, [x18, #0x8]",
        "ldr x19, [sp, #16]",
        "ldp x29, x30, [sp], #64",
        "ret",
    )
}
