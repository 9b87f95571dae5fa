//! `memory.fill`: one byte over and over.

use core::arch::naked_asm;

/// `abi::Helper::MemoryFill`: sets `length` bytes to the low byte of `value`. The ends are unaligned and stored apart
/// from the aligned loop between them.
///
/// # Safety
/// The range is mapped and writable.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn wasmc_memory_fill(target: *mut u8, value: u32, length: usize) {
    naked_asm!(
        "dup v0.16b, w1",
        // The end.
        "add x4, x0, x2",
        "cmp x2, #16",
        "b.lo 4f",
        // 16 to 64 bytes.
        "str q0, [x0]",
        "str q0, [x4, #-16]",
        "cmp x2, #32",
        "b.ls 7f",
        "str q0, [x0, #16]",
        "str q0, [x4, #-32]",
        "cmp x2, #64",
        "b.ls 7f",
        // More.
        "and x8, x0, #-16",
        "add x8, x8, #16",
        "sub x10, x4, #64",
        "2:",
        "cmp x8, x10",
        "b.hs 3f",
        "stp q0, q0, [x8]",
        "stp q0, q0, [x8, #32]",
        "add x8, x8, #64",
        "b 2b",
        "3:",
        "stp q0, q0, [x4, #-64]",
        "stp q0, q0, [x4, #-32]",
        "ret",
        // 8 to 15.
        "4:",
        "tbz x2, #3, 5f",
        "str d0, [x0]",
        "str d0, [x4, #-8]",
        "ret",
        // 4 to 7.
        "5:",
        "tbz x2, #2, 6f",
        "str s0, [x0]",
        "str s0, [x4, #-4]",
        "ret",
        // 1 to 3: the first, the middle and the last.
        "6:",
        "cbz x2, 7f",
        "lsr x8, x2, #1",
        "strb w1, [x0]",
        "strb w1, [x0, x8]",
        "strb w1, [x4, #-1]",
        "7:",
        "ret",
    )
}
