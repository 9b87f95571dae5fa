//! `fill` with 512-bit vectors, for more than 64 bytes. Longer targets are cut as in `copy_wide`.

use super::copy::STREAM_THRESHOLD;
use super::features::{FEATURES, REP};
use super::fill::stream;
use core::arch::naked_asm;

/// Bytes from which `rep stosb` is faster than the loop: they fill the smallest first-level cache.
const REP_THRESHOLD: usize = 32 << 10;

/// Sets `length` bytes, more than 64, to the low byte of `value`.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn fill_wide(target: *mut u8, value: u32, length: usize) {
    naked_asm!(
        "vpbroadcastb zmm16, esi",
        "cmp rdx, 256",
        "jbe 5f",
        "cmp rdx, {rep_threshold}",
        "ja 7f",

        // `r8` is the end of the target, `r9` that of its last whole line, `r10` three lines before.
        "2:",
        "lea r8, [rdi + rdx]",
        "vmovdqu64 [rdi], zmm16",
        "sub rdi, -64",
        "mov r9, r8",
        "and r9, -64",
        "and rdi, -64",
        "lea r10, [r9 - 3*64]",
        "cmp rdi, r10",
        "jae 4f",
        ".p2align 4",
        "3:",
        "vmovdqa64 [rdi], zmm16",
        "vmovdqa64 [rdi + 64], zmm16",
        "vmovdqa64 [rdi + 2*64], zmm16",
        "vmovdqa64 [rdi + 3*64], zmm16",
        "sub rdi, -4*64",
        "cmp rdi, r10",
        "jb 3b",
        "4:",
        "vmovdqa64 [r10], zmm16",
        "vmovdqa64 [r10 + 64], zmm16",
        "vmovdqa64 [r10 + 2*64], zmm16",
        "cmp r8, r9",
        "jne 9f",
        "ret",
        // The rest: a mask with a bit for each byte.
        "9:",
        "or rax, -1",
        "shlx rax, rax, r8",
        "not rax",
        "kmovq k1, rax",
        "vmovdqu8 [r9]{{k1}}, zmm16",
        "ret",

        // 65 to 256.
        "5:",
        "vmovdqu64 [rdi], zmm16",
        "vmovdqu64 [rdi + rdx - 64], zmm16",
        "cmp edx, 128",
        "jbe 6f",
        "vmovdqu64 [rdi + 64], zmm16",
        "vmovdqu64 [rdi + rdx - 2*64], zmm16",
        "6: ret",

        // Long.
        "7:",
        "cmp rdx, {stream_threshold}",
        "jae 8f",
        "test byte ptr [rip + {features}], {rep}",
        "je 2b",
        "mov eax, esi",
        "mov rcx, rdx",
        "rep stosb",
        "ret",
        "8:",
        "movzx eax, sil",
        "imul eax, eax, 0x01010101",
        "movd xmm0, eax",
        "pshufd xmm0, xmm0, 0",
        "jmp {stream}",
        features = sym FEATURES,
        rep = const REP,
        rep_threshold = const REP_THRESHOLD,
        stream_threshold = const STREAM_THRESHOLD,
        stream = sym stream,
    )
}
