//! Going on after a trap: a call that can be given up from wherever its frames have got to.
//!
//! What the C convention keeps, twelve integer and twelve floating-point registers, is on the stack, below the address to
//! go on at; so the stack pointer is all that has to be known. Nothing here changes the modes of floating-point
//! arithmetic.

use core::arch::naked_asm;

/// Bytes from the noted stack pointer to the address to go on at.
const RESUME: usize = 184;

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
        "addi sp, sp, -208",
        "sd ra, 200(sp)",
        "sd s0, 192(sp)",
        "addi s0, sp, 208",
        "sd s1, 0(sp)",
        "sd s2, 8(sp)",
        "sd s3, 16(sp)",
        "sd s4, 24(sp)",
        "sd s5, 32(sp)",
        "sd s6, 40(sp)",
        "sd s7, 48(sp)",
        "sd s8, 56(sp)",
        "sd s9, 64(sp)",
        "sd s10, 72(sp)",
        "sd s11, 80(sp)",
        "fsd fs0, 88(sp)",
        "fsd fs1, 96(sp)",
        "fsd fs2, 104(sp)",
        "fsd fs3, 112(sp)",
        "fsd fs4, 120(sp)",
        "fsd fs5, 128(sp)",
        "fsd fs6, 136(sp)",
        "fsd fs7, 144(sp)",
        "fsd fs8, 152(sp)",
        "fsd fs9, 160(sp)",
        "fsd fs10, 168(sp)",
        "fsd fs11, 176(sp)",
        "lla a3, 2f",
        "sd a3, {resume}(sp)",
        "sd sp, 0(a2)",
        "jalr a1",
        "2:",
        "ld s1, 0(sp)",
        "ld s2, 8(sp)",
        "ld s3, 16(sp)",
        "ld s4, 24(sp)",
        "ld s5, 32(sp)",
        "ld s6, 40(sp)",
        "ld s7, 48(sp)",
        "ld s8, 56(sp)",
        "ld s9, 64(sp)",
        "ld s10, 72(sp)",
        "ld s11, 80(sp)",
        "fld fs0, 88(sp)",
        "fld fs1, 96(sp)",
        "fld fs2, 104(sp)",
        "fld fs3, 112(sp)",
        "fld fs4, 120(sp)",
        "fld fs5, 128(sp)",
        "fld fs6, 136(sp)",
        "fld fs7, 144(sp)",
        "fld fs8, 152(sp)",
        "fld fs9, 160(sp)",
        "fld fs10, 168(sp)",
        "fld fs11, 176(sp)",
        "ld ra, 200(sp)",
        "ld s0, 192(sp)",
        "addi sp, sp, 208",
        "ret",
        resume = const RESUME,
    )
}

/// Gives up the call that wrote `point`: it returns `number`, as if its function had.
///
/// # Safety
/// The function is running, on this thread: under this frame, or under the one that a signal
/// interrupted, with handlers that block no signal.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn recover(point: usize, number: u32) -> ! {
    naked_asm!("mv sp, a0", "ld a2, {resume}(a0)", "mv a0, a1", "jr a2", resume = const RESUME)
}
