//! The functions that rustc's code calls by the names of a C library. The runtime itself moves
//! little, so these are small; `memory.copy` and `memory.fill` have their own.

use core::arch::naked_asm;

/// Copies `length` bytes between ranges that do not overlap, or whose target begins before the source: forwards.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!(
        "mov x3, x0",
        "2:",
        "subs x2, x2, #8",
        "b.lo 3f",
        "ldr x4, [x1], #8",
        "str x4, [x3], #8",
        "b 2b",
        "3:",
        "adds x2, x2, #8",
        "b.eq 5f",
        "4:",
        "ldrb w4, [x1], #1",
        "strb w4, [x3], #1",
        "subs x2, x2, #1",
        "b.ne 4b",
        "5:",
        "ret",
    )
}

/// Copies `length` bytes between ranges that may overlap.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!(
        "sub x3, x0, x1",
        "cmp x3, x2",
        "b.hs {forwards}",
        // The target begins inside the source: backwards.
        "add x1, x1, x2",
        "add x3, x0, x2",
        "2:",
        "subs x2, x2, #1",
        "b.lo 3f",
        "ldrb w4, [x1, #-1]!",
        "strb w4, [x3, #-1]!",
        "b 2b",
        "3:",
        "ret",
        forwards = sym memcpy,
    )
}

/// Sets `length` bytes to the low byte of `value`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(target: *mut u8, value: i32, length: usize) -> *mut u8 {
    naked_asm!(
        "dup v0.16b, w1",
        "mov x3, x0",
        "2:",
        "subs x2, x2, #16",
        "b.lo 3f",
        "str q0, [x3], #16",
        "b 2b",
        "3:",
        "adds x2, x2, #16",
        "b.eq 5f",
        "4:",
        "strb w1, [x3], #1",
        "subs x2, x2, #1",
        "b.ne 4b",
        "5:",
        "ret",
    )
}

/// The difference of the first bytes that are not the same, or 0.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    naked_asm!(
        "mov w3, wzr",
        "2:",
        "cbz x2, 3f",
        "ldrb w3, [x0], #1",
        "ldrb w4, [x1], #1",
        "sub x2, x2, #1",
        "subs w3, w3, w4",
        "b.eq 2b",
        "3:",
        "mov w0, w3",
        "ret",
    )
}

/// 0 when the bytes are the same.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    naked_asm!("b {memcmp}", memcmp = sym memcmp)
}

/// Bytes before the first NUL.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn strlen(text: *const u8) -> usize {
    naked_asm!("mov x1, x0", "2:", "ldrb w2, [x1], #1", "cbnz w2, 2b", "sub x0, x1, x0", "sub x0, x0, #1", "ret")
}
