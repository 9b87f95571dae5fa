//! `memory.fill`: one byte over a range. The same sizes and ways as in `copy`.

use super::copy::STREAM_THRESHOLD;
use super::features::{AVX, AVX512, FEATURES, REP, learn};
use super::fill_wide::fill_wide;
use core::arch::naked_asm;

/// Bytes from which `rep stosb` is faster than a loop.
const REP_THRESHOLD: usize = 4096;

/// `abi::Helper::MemoryFill`: sets `length` bytes to the low byte of `value`.
///
/// # Safety
/// The range is mapped and writable.
#[unsafe(naked)]
#[cfg_attr(not(windows), unsafe(no_mangle))]
pub(crate) unsafe extern "C" fn wasmc_memory_fill(target: *mut u8, value: u32, length: usize) {
    naked_asm!(
        "cmp rdx, 64",
        "jbe {narrow}",
        "test byte ptr [rip + {features}], {avx512}",
        "jne {wide}",
        "jmp {narrow}",
        narrow = sym fill_narrow,
        wide = sym fill_wide,
        features = sym FEATURES,
        avx512 = const AVX512,
    )
}

#[unsafe(naked)]
unsafe extern "C" fn fill_narrow(target: *mut u8, value: u32, length: usize) {
    naked_asm!(
        "movzx eax, sil",
        "imul eax, eax, 0x01010101",
        "cmp rdx, 16",
        "jae 4f",
        "cmp edx, 8",
        "jae 3f",
        "cmp edx, 4",
        "jae 2f",
        "test edx, edx",
        "je 1f",
        // 1 to 3 bytes: the first, the middle and the last.
        "mov byte ptr [rdi], al",
        "mov byte ptr [rdi + rdx - 1], al",
        "shr edx",
        "mov byte ptr [rdi + rdx], al",
        "1: ret",
        // 4 to 7.
        "2:",
        "mov dword ptr [rdi], eax",
        "mov dword ptr [rdi + rdx - 4], eax",
        "ret",
        // 8 to 15.
        "3:",
        "mov dword ptr [rdi], eax",
        "mov dword ptr [rdi + 4], eax",
        "mov dword ptr [rdi + rdx - 8], eax",
        "mov dword ptr [rdi + rdx - 4], eax",
        "ret",
        ".p2align 4",
        "4:",
        "movd xmm0, eax",
        "pshufd xmm0, xmm0, 0",
        "cmp rdx, 256",
        "ja {long}",
        "cmp edx, 64",
        "ja 5f",
        // 16 to 64: from both ends, 16 or 32 bytes in as the size allows.
        "lea ecx, [rdx - 1]",
        "shr ecx, 1",
        "and ecx, 16",
        "movups [rdi], xmm0",
        "movups [rdi + rdx - 16], xmm0",
        "movups [rdi + rcx], xmm0",
        "sub rdx, rcx",
        "movups [rdi + rdx - 16], xmm0",
        "ret",
        ".p2align 4",
        "5:",
        "cmp edx, 128",
        "jbe 6f",
        // 129 to 256: eight in between.
        "movups [rdi + 64], xmm0",
        "movups [rdi + 80], xmm0",
        "movups [rdi + 96], xmm0",
        "movups [rdi + 112], xmm0",
        "movups [rdi + rdx - 80], xmm0",
        "movups [rdi + rdx - 96], xmm0",
        "movups [rdi + rdx - 112], xmm0",
        "movups [rdi + rdx - 128], xmm0",
        // 65 to 128.
        "6:",
        "movups [rdi], xmm0",
        "movups [rdi + 16], xmm0",
        "movups [rdi + 32], xmm0",
        "movups [rdi + 48], xmm0",
        "movups [rdi + rdx - 16], xmm0",
        "movups [rdi + rdx - 32], xmm0",
        "movups [rdi + rdx - 48], xmm0",
        "movups [rdi + rdx - 64], xmm0",
        "ret",
        long = sym fill_long,
    )
}

/// Chooses the way for more than 256 bytes. `eax` and `xmm0` hold the byte over and over.
#[unsafe(naked)]
unsafe extern "C" fn fill_long() {
    naked_asm!(
        "mov ecx, dword ptr [rip + {features}]",
        "test ecx, ecx",
        "je 4f",
        "2:",
        "cmp rdx, {stream_threshold}",
        "jae {stream}",
        "cmp rdx, {rep_threshold}",
        "jb 3f",
        "test cl, {rep}",
        "je 3f",
        "mov rcx, rdx",
        "rep stosb",
        "ret",
        "3:",
        "test cl, {avx}",
        "je {fill_sse}",
        "jmp {fill_avx}",

        // Nothing is known of the processor yet.
        "4:",
        "push rdi",
        "push rdx",
        "push rax",
        "mov rdi, rdx",
        "call {learn}",
        "mov ecx, eax",
        "pop rax",
        "pop rdx",
        "pop rdi",
        "mov esi, eax",
        "test cl, {avx512}",
        "jne {wide}",
        "movd xmm0, eax",
        "pshufd xmm0, xmm0, 0",
        "jmp 2b",
        features = sym FEATURES,
        learn = sym learn,
        avx = const AVX,
        avx512 = const AVX512,
        rep = const REP,
        rep_threshold = const REP_THRESHOLD,
        stream_threshold = const STREAM_THRESHOLD,
        wide = sym fill_wide,
        fill_sse = sym fill_sse,
        fill_avx = sym fill_avx,
        stream = sym stream,
    )
}

/// A loop for one kind of vector, for at least five of them. The ends are unaligned and stored
/// apart.
macro_rules! fill_loop {
    ($visibility:vis $name:ident, $size:literal, $widen:literal, $unaligned:literal, $aligned:literal, $register:literal, $leave:literal) => {
        #[unsafe(naked)]
        $visibility unsafe extern "C" fn $name() {
            naked_asm!(
                $widen,
                concat!($unaligned, " [rdi], ", $register),
                concat!($unaligned, " [rdi + rdx - ", $size, "], ", $register),
                concat!($unaligned, " [rdi + rdx - 2*", $size, "], ", $register),
                concat!($unaligned, " [rdi + rdx - 3*", $size, "], ", $register),
                concat!($unaligned, " [rdi + rdx - 4*", $size, "], ", $register),
                concat!("lea r8, [rdi + rdx - 4*", $size, "]"),
                concat!("and rdi, -", $size),
                concat!("add rdi, ", $size),
                ".p2align 5",
                "2:",
                concat!($aligned, " [rdi], ", $register),
                concat!($aligned, " [rdi + ", $size, "], ", $register),
                concat!($aligned, " [rdi + 2*", $size, "], ", $register),
                concat!($aligned, " [rdi + 3*", $size, "], ", $register),
                concat!("sub rdi, -4*", $size),
                "cmp rdi, r8",
                "jb 2b",
                $leave,
                "ret",
            )
        }
    };
}

fill_loop!(fill_sse, "16", "", "movups", "movaps", "xmm0", "");
fill_loop!(fill_avx, "32", "vinserti128 ymm0, ymm0, xmm0, 1", "vmovdqu", "vmovdqa", "ymm0", "vzeroupper");
// Around the caches.
fill_loop!(pub(super) stream, "16", "", "movups", "movntdq", "xmm0", "sfence");
