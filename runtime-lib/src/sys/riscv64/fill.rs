//! `memory.fill`: one byte over and over.

use core::arch::naked_asm;

/// `abi::Helper::MemoryFill`: sets `length` bytes to the low byte of `value`, aligned words of them at once. The target
/// stays in `a0`.
///
/// # Safety
/// The range is mapped and writable.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn wasmc_memory_fill(target: *mut u8, value: u32, length: usize) {
    naked_asm!(
        // `a3` is the place, `a4` the end, `a1` the byte eight times.
        "mv a3, a0",
        "add a4, a0, a2",
        "andi a1, a1, 255",
        "slli t0, a1, 8",
        "or a1, a1, t0",
        "slli t0, a1, 16",
        "or a1, a1, t0",
        "slli t0, a1, 32",
        "or a1, a1, t0",
        "li t0, 16",
        "bltu a2, t0, 8f",
        // Bytes up to an aligned word.
        "2:",
        "andi t0, a3, 7",
        "beqz t0, 3f",
        "sb a1, 0(a3)",
        "addi a3, a3, 1",
        "j 2b",
        // Four words at a time.
        "3:",
        "addi a5, a4, -31",
        "bgeu a3, a5, 5f",
        "4:",
        "sd a1, 0(a3)",
        "sd a1, 8(a3)",
        "sd a1, 16(a3)",
        "sd a1, 24(a3)",
        "addi a3, a3, 32",
        "bltu a3, a5, 4b",
        // One word at a time.
        "5:",
        "addi a5, a4, -7",
        "bgeu a3, a5, 8f",
        "6:",
        "sd a1, 0(a3)",
        "addi a3, a3, 8",
        "bltu a3, a5, 6b",
        // Bytes.
        "8:",
        "bgeu a3, a4, 10f",
        "9:",
        "sb a1, 0(a3)",
        "addi a3, a3, 1",
        "bltu a3, a4, 9b",
        "10:",
        "ret",
    )
}
