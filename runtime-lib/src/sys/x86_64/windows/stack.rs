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
        "push rbp",
        "push rbx",
        "mov rbx, rsp",
        // `StackBase`, `StackLimit` and `DeallocationStack` of the thread's block.
        "push qword ptr gs:[0x8]",
        "push qword ptr gs:[0x10]",
        "push qword ptr gs:[0x1478]",
        "mov gs:[0x8], rdx",
        "mov gs:[0x10], rcx",
        "mov gs:[0x1478], rcx",
        // Room that a function may use for its register arguments.
        "lea rsp, [rdx - 32]",
        "xor ebp, ebp",
        "mov rcx, r9",
        "call r8",
        "lea rsp, [rbx - 24]",
        "pop qword ptr gs:[0x1478]",
        "pop qword ptr gs:[0x10]",
        "pop qword ptr gs:[0x8]",
        "pop rbx",
        "pop rbp",
        "ret",
    )
}
