//! Reading the stack.

use core::arch::asm;

/// The frame pointer of the function that this is inlined into.
#[inline(always)]
pub(crate) fn frame_pointer() -> usize {
    let frame: usize;
    // SAFETY: reads a register.
    unsafe { asm!("mv {}, s0", out(reg) frame, options(nomem, nostack, preserves_flags)) };
    frame
}

/// Where the caller's frame pointer lies, with the return address behind it. Compilers for C, and rustc, let a frame
/// pointer point behind these two; in generated code it points to them.
#[inline(always)]
pub(crate) fn frame_record(frame: usize, is_generated: impl Fn() -> bool) -> usize {
    const RECORD_SIZE: usize = 2 * size_of::<usize>();
    if is_generated() { frame } else { frame.wrapping_sub(RECORD_SIZE) }
}
