//! `memory.copy` and `memory.fill`, as this system passes arguments: what does the work takes them elsewhere, and keeps fewer
//! registers. Up to 64 bytes it uses no vector register that has to be kept.

use super::super::{copy, fill};
use core::arch::naked_asm;

/// Passes three arguments on to `$function`, which wants them in `rdi`, `rsi` and `rdx`.
macro_rules! pass_on {
    ($function:path) => {
        naked_asm!(
            "push rdi",
            "push rsi",
            "mov rdi, rcx",
            "mov rsi, rdx",
            "mov rdx, r8",
            "cmp rdx, 64",
            "ja 2f",
            "sub rsp, 8",
            "call {function}",
            "add rsp, 8",
            "pop rsi",
            "pop rdi",
            "ret",
            "2:",
            "sub rsp, 168",
            "movaps [rsp], xmm6",
            "movaps [rsp + 16], xmm7",
            "movaps [rsp + 32], xmm8",
            "movaps [rsp + 48], xmm9",
            "movaps [rsp + 64], xmm10",
            "movaps [rsp + 80], xmm11",
            "movaps [rsp + 96], xmm12",
            "movaps [rsp + 112], xmm13",
            "movaps [rsp + 128], xmm14",
            "movaps [rsp + 144], xmm15",
            "call {function}",
            "movaps xmm6, [rsp]",
            "movaps xmm7, [rsp + 16]",
            "movaps xmm8, [rsp + 32]",
            "movaps xmm9, [rsp + 48]",
            "movaps xmm10, [rsp + 64]",
            "movaps xmm11, [rsp + 80]",
            "movaps xmm12, [rsp + 96]",
            "movaps xmm13, [rsp + 112]",
            "movaps xmm14, [rsp + 128]",
            "movaps xmm15, [rsp + 144]",
            "add rsp, 168",
            "pop rsi",
            "pop rdi",
            "ret",
            function = sym $function,
        )
    };
}

/// `abi::Helper::MemoryCopy`: copies `length` bytes; the ranges may overlap.
///
/// # Safety
/// Both ranges are mapped, the target's writable.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn wasmc_memory_copy(target: *mut u8, source: *const u8, length: usize) {
    pass_on!(copy::wasmc_memory_copy)
}

/// `abi::Helper::MemoryFill`: sets `length` bytes to the low byte of `value`.
///
/// # Safety
/// The range is mapped and writable.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub(crate) unsafe extern "C" fn wasmc_memory_fill(target: *mut u8, value: u32, length: usize) {
    pass_on!(fill::wasmc_memory_fill)
}
