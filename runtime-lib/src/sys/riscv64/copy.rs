//! `memory.copy`: bytes from one range to another that may overlap it.
//!
//! Many processors leave unaligned accesses to their firmware, which takes hundreds of cycles for each. So words are moved
//! only where both ranges are aligned alike, and bytes elsewhere and at the ends.

use core::arch::naked_asm;

/// `abi::Helper::MemoryCopy`: copies `length` bytes; the ranges may overlap.
///
/// # Safety
/// Both ranges are mapped, the target's writable.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn wasmc_memory_copy(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        // How far the target is behind the source, modulo 2⁶⁴, is below the length exactly when the target begins inside
        // the source.
        "sub t0, a0, a1",
        "bltu t0, a2, 2f",
        "tail {forwards}",
        "2:",
        "tail {backwards}",
        forwards = sym copy_forwards,
        backwards = sym copy_backwards,
    )
}

/// Copies from the first byte on, and leaves the target in `a0`.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn copy_forwards(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!(
        // `a3` is the place in the target, `a4` its end.
        "mv a3, a0",
        "add a4, a0, a2",
        "xor t0, a0, a1",
        "andi t0, t0, 7",
        "bnez t0, 8f",
        "li t0, 16",
        "bltu a2, t0, 8f",
        // Bytes up to an aligned word.
        "2:",
        "andi t0, a3, 7",
        "beqz t0, 3f",
        "lbu t1, 0(a1)",
        "sb t1, 0(a3)",
        "addi a1, a1, 1",
        "addi a3, a3, 1",
        "j 2b",
        // Four words at a time.
        "3:",
        "addi a5, a4, -31",
        "bgeu a3, a5, 5f",
        "4:",
        "ld t0, 0(a1)",
        "ld t1, 8(a1)",
        "ld t2, 16(a1)",
        "ld t3, 24(a1)",
        "sd t0, 0(a3)",
        "sd t1, 8(a3)",
        "sd t2, 16(a3)",
        "sd t3, 24(a3)",
        "addi a1, a1, 32",
        "addi a3, a3, 32",
        "bltu a3, a5, 4b",
        // One word at a time.
        "5:",
        "addi a5, a4, -7",
        "bgeu a3, a5, 8f",
        "6:",
        "ld t0, 0(a1)",
        "sd t0, 0(a3)",
        "addi a1, a1, 8",
        "addi a3, a3, 8",
        "bltu a3, a5, 6b",
        // Bytes.
        "8:",
        "bgeu a3, a4, 10f",
        "9:",
        "lbu t1, 0(a1)",
        "sb t1, 0(a3)",
        "addi a1, a1, 1",
        "addi a3, a3, 1",
        "bltu a3, a4, 9b",
        "10:",
        "ret",
    )
}

/// Copies from the last byte on, and leaves the target in `a0`.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn copy_backwards(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!(
        // `a3` and `a1` are behind what is still to be copied.
        "xor t0, a0, a1",
        "andi t0, t0, 7",
        "add a3, a0, a2",
        "add a1, a1, a2",
        "bnez t0, 8f",
        "li t0, 16",
        "bltu a2, t0, 8f",
        // Bytes down to an aligned word.
        "2:",
        "andi t0, a3, 7",
        "beqz t0, 3f",
        "lbu t1, -1(a1)",
        "sb t1, -1(a3)",
        "addi a1, a1, -1",
        "addi a3, a3, -1",
        "j 2b",
        // Four words at a time.
        "3:",
        "addi a5, a0, 31",
        "bgeu a5, a3, 5f",
        "4:",
        "ld t0, -8(a1)",
        "ld t1, -16(a1)",
        "ld t2, -24(a1)",
        "ld t3, -32(a1)",
        "sd t0, -8(a3)",
        "sd t1, -16(a3)",
        "sd t2, -24(a3)",
        "sd t3, -32(a3)",
        "addi a1, a1, -32",
        "addi a3, a3, -32",
        "bltu a5, a3, 4b",
        // One word at a time.
        "5:",
        "addi a5, a0, 7",
        "bgeu a5, a3, 8f",
        "6:",
        "ld t0, -8(a1)",
        "sd t0, -8(a3)",
        "addi a1, a1, -8",
        "addi a3, a3, -8",
        "bltu a5, a3, 6b",
        // Bytes.
        "8:",
        "bgeu a0, a3, 10f",
        "9:",
        "lbu t1, -1(a1)",
        "sb t1, -1(a3)",
        "addi a1, a1, -1",
        "addi a3, a3, -1",
        "bltu a0, a3, 9b",
        "10:",
        "ret",
    )
}
