//! `memory.copy`: bytes from one range to another that may overlap it.
//!
//! Up to 128 bytes, everything is loaded before anything is stored, so overlap does not matter. Longer copies run
//! forwards, or backwards when the target begins inside the source, in a loop of 64 bytes at a time to a target that is
//! aligned. The ends are not: both are loaded before the loop, which may overwrite them, and stored after it.

use core::arch::naked_asm;

/// `abi::Helper::MemoryCopy`: copies `length` bytes; the ranges may overlap.
///
/// # Safety
/// Both ranges are mapped, the target's writable.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn wasmc_memory_copy(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        // `x4` is the end of the source, `x5` that of the target.
        "add x4, x1, x2",
        "add x5, x0, x2",
        "cmp x2, #32",
        "b.hi 5f",
        "cmp x2, #16",
        "b.lo 2f",
        // 16 to 32 bytes.
        "ldr q0, [x1]",
        "ldr q1, [x4, #-16]",
        "str q0, [x0]",
        "str q1, [x5, #-16]",
        "ret",
        // 8 to 15.
        "2:",
        "tbz x2, #3, 3f",
        "ldr x6, [x1]",
        "ldr x7, [x4, #-8]",
        "str x6, [x0]",
        "str x7, [x5, #-8]",
        "ret",
        // 4 to 7.
        "3:",
        "tbz x2, #2, 4f",
        "ldr w6, [x1]",
        "ldr w7, [x4, #-4]",
        "str w6, [x0]",
        "str w7, [x5, #-4]",
        "ret",
        // 1 to 3: the first, the middle and the last.
        "4:",
        "cbz x2, 7f",
        "lsr x8, x2, #1",
        "ldrb w6, [x1]",
        "ldrb w7, [x1, x8]",
        "ldrb w9, [x4, #-1]",
        "strb w6, [x0]",
        "strb w7, [x0, x8]",
        "strb w9, [x5, #-1]",
        "ret",
        // 33 to 64.
        "5:",
        "cmp x2, #128",
        "b.hi 8f",
        "ldp q0, q1, [x1]",
        "ldp q2, q3, [x4, #-32]",
        "cmp x2, #64",
        "b.hi 6f",
        "stp q0, q1, [x0]",
        "stp q2, q3, [x5, #-32]",
        "ret",
        // 65 to 128.
        "6:",
        "ldp q4, q5, [x1, #32]",
        "ldp q6, q7, [x4, #-64]",
        "stp q0, q1, [x0]",
        "stp q4, q5, [x0, #32]",
        "stp q6, q7, [x5, #-64]",
        "stp q2, q3, [x5, #-32]",
        "7:",
        "ret",
        // Not every linker knows conditional branches to other functions.
        "8:",
        "b {long}",
        long = sym copy_long,
    )
}

/// More than 128 bytes; `x4` and `x5` are the ends. How far the target is behind the source, modulo 2⁶⁴, is below the
/// length exactly when the target begins inside the source.
#[unsafe(naked)]
unsafe extern "C" fn copy_long(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        "sub x6, x0, x1",
        "cbz x6, 4f",
        "cmp x6, x2",
        "b.lo 5f",
        // Forwards: `x8` is the place in the target, `x9` in the source, `x10` where the last 64 bytes begin.
        "ldr q16, [x1]",
        "ldp q20, q21, [x4, #-64]",
        "ldp q22, q23, [x4, #-32]",
        "and x8, x0, #-16",
        "add x8, x8, #16",
        "sub x9, x8, x6",
        "sub x10, x5, #64",
        "2:",
        "ldp q0, q1, [x9]",
        "ldp q2, q3, [x9, #32]",
        "add x9, x9, #64",
        "stp q0, q1, [x8]",
        "stp q2, q3, [x8, #32]",
        "add x8, x8, #64",
        "cmp x8, x10",
        "b.lo 2b",
        "str q16, [x0]",
        "stp q20, q21, [x5, #-64]",
        "stp q22, q23, [x5, #-32]",
        "4:",
        "ret",
        // Backwards: `x10` is where the first 64 bytes end.
        "5:",
        "ldr q16, [x4, #-16]",
        "ldp q20, q21, [x1]",
        "ldp q22, q23, [x1, #32]",
        "sub x8, x5, #1",
        "and x8, x8, #-16",
        "sub x9, x8, x6",
        "add x10, x0, #64",
        "6:",
        "ldp q0, q1, [x9, #-32]",
        "ldp q2, q3, [x9, #-64]",
        "sub x9, x9, #64",
        "stp q0, q1, [x8, #-32]",
        "stp q2, q3, [x8, #-64]",
        "sub x8, x8, #64",
        "cmp x8, x10",
        "b.hi 6b",
        "str q16, [x5, #-16]",
        "stp q20, q21, [x0]",
        "stp q22, q23, [x0, #32]",
        "ret",
    )
}
