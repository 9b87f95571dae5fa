//! `copy` with 512-bit vectors, for more than 64 bytes.
//!
//! Up to 512 bytes, everything is loaded before anything is stored. A longer target is cut at cache
//! lines, of which a loop stores four at a time:
//!
//! ```text
//! first │ line │ line │ … four at a time … │ line │ line │ line │ rest
//! ```
//!
//! The others are loaded before the loop, which may overwrite them, and stored after it: `first`, a
//! vector that need not be aligned; `rest`, what is left behind the last whole line, stored under a
//! mask, so that no store crosses a page; and the three lines at the end that the loop comes to last,
//! because fewer than four may be left for it.

use super::copy::{STREAM_THRESHOLD, stream};
use super::features::{FEATURES, REP};
use core::arch::naked_asm;

/// Bytes from which `rep movsb` is faster than the loop: two such ranges fill the first-level cache.
const REP_THRESHOLD: usize = 16 << 10;

/// Copies `length` bytes, more than 64; the ranges may overlap. Registers from 16 on need no
/// `vzeroupper`.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn copy_wide(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        "vmovdqu64 zmm16, [rsi]",
        "cmp rdx, 512",
        "jbe {short}",
        // How far the target is behind the source, modulo 2⁶⁴: below the length exactly when it
        // begins inside the source.
        "mov rcx, rdi",
        "sub rcx, rsi",
        "cmp rdx, {rep_threshold}",
        "ja 8f",
        // `r8` is the end of the target, `r9` that of its last whole line, `r10` where its second
        // line begins. `rsi` leads from an address of the target to that of the source.
        "2:",
        "lea r8, [rdi + rdx]",
        "lea r10, [rdi + 64]",
        "mov r9, r8",
        "sub rsi, rdi",
        "and r10, -64",
        "and r9, -64",
        "cmp r8, r9",
        "jne 7f",
        "3:",
        "cmp rcx, rdx",
        "jb {backward}",
        // Less than 256 bytes behind a page or more: loads would wait for stores that have nothing
        // to do with them.
        "test ecx, 0xf00",
        "je 6f",

        "4:",
        "vmovdqu64 zmm18, [r9 + rsi - 3*64]",
        "vmovdqu64 zmm19, [r9 + rsi - 2*64]",
        "vmovdqu64 zmm20, [r9 + rsi - 64]",
        "sub r9, 3*64",
        ".p2align 4",
        "5:",
        "vmovdqu64 zmm21, [r10 + rsi]",
        "vmovdqu64 zmm22, [r10 + rsi + 64]",
        "vmovdqu64 zmm23, [r10 + rsi + 2*64]",
        "vmovdqu64 zmm24, [r10 + rsi + 3*64]",
        "vmovdqa64 [r10], zmm21",
        "vmovdqa64 [r10 + 64], zmm22",
        "vmovdqa64 [r10 + 2*64], zmm23",
        "vmovdqa64 [r10 + 3*64], zmm24",
        "sub r10, -4*64",
        "cmp r10, r9",
        "jb 5b",
        "vmovdqa64 [r9], zmm18",
        "vmovdqa64 [r9 + 64], zmm19",
        "vmovdqa64 [r9 + 2*64], zmm20",
        "vmovdqu64 [rdi], zmm16",
        "sub r9, -3*64",
        "cmp r8, r9",
        "jne {store_rest}",
        "ret",

        // Backwards then, unless the source begins inside the target.
        "6:",
        "lea rax, [rcx + rdx]",
        "cmp rax, rcx",
        "jb 4b",
        "jmp {backward}",

        // The rest: `zmm17`, its address `r11`, and a mask with a bit for each byte. The vector reaches
        // past the source, but not into another page; a load under a mask, where it crosses lines,
        // slows the processor down for long.
        "7:",
        "lea eax, [r9 + rsi]",
        "and eax, 0xfff",
        "cmp eax, 0x1000 - 64",
        "ja 9f",
        "vmovdqu64 zmm17, [r9 + rsi]",
        "mov r11, r9",
        "or rax, -1",
        "shlx rax, rax, r8",
        "not rax",
        "kmovq k1, rax",
        "jmp 3b",
        "9:",
        "lea r11, [r8 - 64]",
        "vmovdqu64 zmm17, [r11 + rsi]",
        "kxnorq k1, k1, k1",
        "jmp 3b",

        // Long. Streaming does things out of order, so the ranges must not overlap, and `rep movsb`
        // is slow backwards and when they are less than a cache line apart.
        "8:",
        "cmp rcx, rdx",
        "jb 2b",
        "lea r8, [rcx + rdx]",
        "cmp r8, rdx",
        "jb 9f",
        "cmp rdx, {stream_threshold}",
        "jae {stream}",
        "9:",
        "cmp rcx, -64",
        "ja 2b",
        "test byte ptr [rip + {features}], {rep}",
        "je 2b",
        "mov rcx, rdx",
        "rep movsb",
        "ret",
        short = sym short,
        backward = sym backward,
        store_rest = sym store_rest,
        stream = sym stream,
        features = sym FEATURES,
        rep = const REP,
        rep_threshold = const REP_THRESHOLD,
        stream_threshold = const STREAM_THRESHOLD,
    )
}

/// 65 to 512 bytes, of which `zmm16` holds the first.
#[unsafe(naked)]
unsafe extern "C" fn short() {
    naked_asm!(
        "vmovdqu64 zmm17, [rsi + rdx - 64]",
        "cmp edx, 128",
        "jbe 3f",
        "vmovdqu64 zmm18, [rsi + 64]",
        "vmovdqu64 zmm19, [rsi + rdx - 2*64]",
        "cmp edx, 256",
        "jbe 2f",
        "vmovdqu64 zmm20, [rsi + 2*64]",
        "vmovdqu64 zmm21, [rsi + 3*64]",
        "vmovdqu64 zmm22, [rsi + rdx - 4*64]",
        "vmovdqu64 zmm23, [rsi + rdx - 3*64]",
        "vmovdqu64 [rdi + 2*64], zmm20",
        "vmovdqu64 [rdi + 3*64], zmm21",
        "vmovdqu64 [rdi + rdx - 4*64], zmm22",
        "vmovdqu64 [rdi + rdx - 3*64], zmm23",
        "2:",
        "vmovdqu64 [rdi + 64], zmm18",
        "vmovdqu64 [rdi + rdx - 2*64], zmm19",
        "3:",
        "vmovdqu64 [rdi], zmm16",
        "vmovdqu64 [rdi + rdx - 64], zmm17",
        "ret",
    )
}

/// `copy_wide` from the last line to the second, with the registers as they are there.
#[unsafe(naked)]
unsafe extern "C" fn backward() {
    naked_asm!(
        "vmovdqu64 zmm18, [r10 + rsi]",
        "vmovdqu64 zmm19, [r10 + rsi + 64]",
        "vmovdqu64 zmm20, [r10 + rsi + 2*64]",
        "sub r10, -3*64",
        "mov rax, r9",
        ".p2align 4",
        "2:",
        "vmovdqu64 zmm21, [rax + rsi - 64]",
        "vmovdqu64 zmm22, [rax + rsi - 2*64]",
        "vmovdqu64 zmm23, [rax + rsi - 3*64]",
        "vmovdqu64 zmm24, [rax + rsi - 4*64]",
        "vmovdqa64 [rax - 64], zmm21",
        "vmovdqa64 [rax - 2*64], zmm22",
        "vmovdqa64 [rax - 3*64], zmm23",
        "vmovdqa64 [rax - 4*64], zmm24",
        "add rax, -4*64",
        "cmp rax, r10",
        "ja 2b",
        "vmovdqa64 [r10 - 3*64], zmm18",
        "vmovdqa64 [r10 - 2*64], zmm19",
        "vmovdqa64 [r10 - 64], zmm20",
        "vmovdqu64 [rdi], zmm16",
        "cmp r8, r9",
        "jne {store_rest}",
        "ret",
        store_rest = sym store_rest,
    )
}

#[unsafe(naked)]
unsafe extern "C" fn store_rest() {
    naked_asm!("vmovdqu8 [r11]{{k1}}, zmm17", "ret")
}
