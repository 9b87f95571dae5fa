//! Reading the stack.

#[cfg(not(windows))]
use core::arch::asm;

/// The frame pointer of the function that this is inlined into.
#[cfg(not(windows))]
#[inline(always)]
pub(crate) fn frame_pointer() -> usize {
    let frame: usize;
    // SAFETY: reads a register.
    unsafe { asm!("mov {}, rbp", out(reg) frame, options(nomem, nostack, preserves_flags)) };
    frame
}

/// Where the caller's frame pointer lies, with the return address behind it: in code by any compiler, the frame pointer
/// points to them.
#[inline(always)]
pub(crate) fn frame_record(frame: usize, _is_generated: impl Fn() -> bool) -> usize {
    frame
}
