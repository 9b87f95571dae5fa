//! The functions that rustc's code calls by the names of a C library. The runtime itself moves little, so the smallest
//! form will do, or that of `memory.copy` and `memory.fill`.

use super::copy::{copy_backwards, copy_forwards};
use super::fill::wasmc_memory_fill;
use core::arch::naked_asm;

/// Copies `length` bytes between ranges that do not overlap.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memcpy(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!("tail {forwards}", forwards = sym copy_forwards)
}

/// Copies `length` bytes between ranges that may overlap.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memmove(target: *mut u8, source: *const u8, length: usize) -> *mut u8 {
    naked_asm!(
        "sub t0, a0, a1",
        "bltu t0, a2, 2f",
        "tail {forwards}",
        // The target begins inside the source.
        "2:",
        "tail {backwards}",
        forwards = sym copy_forwards,
        backwards = sym copy_backwards,
    )
}

/// Sets `length` bytes to the low byte of `value`.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memset(target: *mut u8, value: i32, length: usize) -> *mut u8 {
    naked_asm!("tail {fill}", fill = sym wasmc_memory_fill)
}

/// The difference of the first bytes that are not the same, or 0.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn memcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    naked_asm!(
        "li t2, 0",
        "add a2, a0, a2",
        "2:",
        "beq a0, a2, 3f",
        "lbu t0, 0(a0)",
        "lbu t1, 0(a1)",
        "addi a0, a0, 1",
        "addi a1, a1, 1",
        "sub t2, t0, t1",
        "beqz t2, 2b",
        "3:",
        "mv a0, t2",
        "ret",
    )
}

/// 0 when the bytes are the same.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn bcmp(left: *const u8, right: *const u8, length: usize) -> i32 {
    naked_asm!("tail {memcmp}", memcmp = sym memcmp)
}

/// Bytes before the first NUL.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn strlen(text: *const u8) -> usize {
    naked_asm!(
        "mv a1, a0",
        "2:",
        "lbu t0, 0(a1)",
        "beqz t0, 3f",
        "addi a1, a1, 1",
        "j 2b",
        "3:",
        "sub a0, a1, a0",
        "ret",
    )
}
