//! `memory.copy`: bytes from one range to another that may overlap it.
//!
//! Up to 256 bytes, everything is loaded before anything is stored, so overlap does not matter.
//! Longer copies run forwards, or backwards when the target begins inside the source, in a loop of
//! four vectors at a time, of the width that `features` knows of. Where it says so, long ones are
//! left to `rep movsb`. From [`STREAM_THRESHOLD`] on, stores go around the caches, which such a copy
//! would empty. With 512-bit vectors it is all different: `copy_wide`.

use super::copy_wide::copy_wide;
use super::features::{AVX, AVX512, FEATURES, REP, learn};
use core::arch::naked_asm;

/// Bytes from which `rep movsb` is faster than a loop.
const REP_THRESHOLD: usize = 4096;

/// Bytes from which a copy is larger than the caches it goes through.
pub(super) const STREAM_THRESHOLD: usize = 32 << 20;

/// `abi::Helper::MemoryCopy`: copies `length` bytes; the ranges may overlap.
///
/// # Safety
/// Both ranges are mapped, the target's writable.
#[unsafe(naked)]
#[cfg_attr(not(windows), unsafe(no_mangle))]
pub(crate) unsafe extern "C" fn wasmc_memory_copy(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        "cmp rdx, 64",
        "jbe {narrow}",
        "test byte ptr [rip + {features}], {avx512}",
        "jne {wide}",
        "jmp {narrow}",
        narrow = sym copy_narrow,
        wide = sym copy_wide,
        features = sym FEATURES,
        avx512 = const AVX512,
    )
}

#[unsafe(naked)]
unsafe extern "C" fn copy_narrow(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        "cmp rdx, 32",
        "ja 5f",
        "cmp edx, 16",
        "jae 4f",
        "cmp edx, 8",
        "jae 3f",
        "cmp edx, 4",
        "jae 2f",
        "test edx, edx",
        "je 1f",
        // 1 to 3 bytes: the first, the middle and the last.
        "movzx eax, byte ptr [rsi]",
        "movzx ecx, byte ptr [rsi + rdx - 1]",
        "mov r9, rdx",
        "shr r9",
        "movzx r8d, byte ptr [rsi + r9]",
        "mov byte ptr [rdi], al",
        "mov byte ptr [rdi + r9], r8b",
        "mov byte ptr [rdi + rdx - 1], cl",
        "1: ret",
        // 4 to 7.
        "2:",
        "mov eax, dword ptr [rsi]",
        "mov ecx, dword ptr [rsi + rdx - 4]",
        "mov dword ptr [rdi], eax",
        "mov dword ptr [rdi + rdx - 4], ecx",
        "ret",
        // 8 to 15.
        "3:",
        "mov rax, qword ptr [rsi]",
        "mov rcx, qword ptr [rsi + rdx - 8]",
        "mov qword ptr [rdi], rax",
        "mov qword ptr [rdi + rdx - 8], rcx",
        "ret",
        // 16 to 32.
        ".p2align 4",
        "4:",
        "movups xmm0, [rsi]",
        "movups xmm1, [rsi + rdx - 16]",
        "movups [rdi], xmm0",
        "movups [rdi + rdx - 16], xmm1",
        "ret",
        ".p2align 4",
        "5:",
        "cmp rdx, 256",
        "ja {long}",
        "movups xmm0, [rsi]",
        "movups xmm1, [rsi + 16]",
        "movups xmm2, [rsi + rdx - 16]",
        "movups xmm3, [rsi + rdx - 32]",
        "cmp edx, 64",
        "ja 6f",
        // 33 to 64.
        "movups [rdi], xmm0",
        "movups [rdi + 16], xmm1",
        "movups [rdi + rdx - 16], xmm2",
        "movups [rdi + rdx - 32], xmm3",
        "ret",
        "6:",
        "movups xmm4, [rsi + 32]",
        "movups xmm5, [rsi + 48]",
        "movups xmm6, [rsi + rdx - 48]",
        "movups xmm7, [rsi + rdx - 64]",
        "cmp edx, 128",
        "jbe 7f",
        // 129 to 256: eight more in between.
        "movups xmm8, [rsi + 64]",
        "movups xmm9, [rsi + 80]",
        "movups xmm10, [rsi + 96]",
        "movups xmm11, [rsi + 112]",
        "movups xmm12, [rsi + rdx - 80]",
        "movups xmm13, [rsi + rdx - 96]",
        "movups xmm14, [rsi + rdx - 112]",
        "movups xmm15, [rsi + rdx - 128]",
        "movups [rdi + 64], xmm8",
        "movups [rdi + 80], xmm9",
        "movups [rdi + 96], xmm10",
        "movups [rdi + 112], xmm11",
        "movups [rdi + rdx - 80], xmm12",
        "movups [rdi + rdx - 96], xmm13",
        "movups [rdi + rdx - 112], xmm14",
        "movups [rdi + rdx - 128], xmm15",
        // 65 to 128.
        "7:",
        "movups [rdi], xmm0",
        "movups [rdi + 16], xmm1",
        "movups [rdi + 32], xmm4",
        "movups [rdi + 48], xmm5",
        "movups [rdi + rdx - 16], xmm2",
        "movups [rdi + rdx - 32], xmm3",
        "movups [rdi + rdx - 48], xmm6",
        "movups [rdi + rdx - 64], xmm7",
        "ret",
        long = sym copy_long,
    )
}

/// Chooses the way for more than 256 bytes. `rcx` is how far the target is behind the source,
/// modulo 2⁶⁴: below the length exactly when the target begins inside the source.
#[unsafe(naked)]
unsafe extern "C" fn copy_long(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        "mov eax, dword ptr [rip + {features}]",
        "test eax, eax",
        "je 7f",
        "2:",
        "mov rcx, rdi",
        "sub rcx, rsi",
        "je 9f",
        "cmp rcx, rdx",
        "jb 4f",
        "cmp rdx, {rep_threshold}",
        "jae 6f",
        "3:",
        "test al, {avx}",
        "jne {forward_avx}",
        "jmp {forward_sse}",
        "4:",
        "test al, {avx}",
        "jne {backward_avx}",
        "jmp {backward_sse}",

        // Long, forwards. Streaming does things out of order, so the ranges must not overlap, and
        // `rep movsb` is slow when they are less than a cache line apart.
        "6:",
        "lea r8, [rcx + rdx]",
        "cmp r8, rdx",
        "jb 8f",
        "cmp rdx, {stream_threshold}",
        "jae {stream}",
        "8:",
        "cmp rcx, -64",
        "ja 3b",
        "test al, {rep}",
        "je 3b",
        "mov rcx, rdx",
        "rep movsb",
        "9: ret",

        // Nothing is known of the processor yet.
        "7:",
        "push rdi",
        "push rsi",
        "push rdx",
        "mov rdi, rdx",
        "call {learn}",
        "pop rdx",
        "pop rsi",
        "pop rdi",
        "test al, {avx512}",
        "jne {wide}",
        "jmp 2b",
        features = sym FEATURES,
        learn = sym learn,
        avx = const AVX,
        avx512 = const AVX512,
        rep = const REP,
        rep_threshold = const REP_THRESHOLD,
        stream_threshold = const STREAM_THRESHOLD,
        wide = sym copy_wide,
        forward_sse = sym forward_sse,
        forward_avx = sym forward_avx,
        backward_sse = sym backward_sse,
        backward_avx = sym backward_avx,
        stream = sym stream,
    )
}

/// The loops, for one kind of vector, for at least five of them. The ends are unaligned: both are loaded before the loop, which
/// may overwrite them, and stored after it. Targets inside the loop are aligned.
macro_rules! loops {
    ($forward:ident, $backward:ident, $size:literal, $load:literal, $store:literal, $register:literal, $leave:literal) => {
        #[unsafe(naked)]
        unsafe extern "C" fn $forward(target: *mut u8, source: *const u8, length: usize) {
            naked_asm!(
                concat!($load, " ", $register, "4, [rsi]"),
                concat!($load, " ", $register, "5, [rsi + rdx - ", $size, "]"),
                concat!($load, " ", $register, "6, [rsi + rdx - 2*", $size, "]"),
                concat!($load, " ", $register, "7, [rsi + rdx - 3*", $size, "]"),
                concat!($load, " ", $register, "8, [rsi + rdx - 4*", $size, "]"),
                "mov rcx, rdi",
                "lea r8, [rdi + rdx]",
                concat!("lea r9, [rdi + rdx - 4*", $size, "]"),
                concat!("and rdi, -", $size),
                "sub rsi, rcx",
                concat!("add rdi, ", $size),
                "add rsi, rdi",
                ".p2align 5",
                "2:",
                concat!($load, " ", $register, "0, [rsi]"),
                concat!($load, " ", $register, "1, [rsi + ", $size, "]"),
                concat!($load, " ", $register, "2, [rsi + 2*", $size, "]"),
                concat!($load, " ", $register, "3, [rsi + 3*", $size, "]"),
                concat!("sub rsi, -4*", $size),
                concat!($store, " [rdi], ", $register, "0"),
                concat!($store, " [rdi + ", $size, "], ", $register, "1"),
                concat!($store, " [rdi + 2*", $size, "], ", $register, "2"),
                concat!($store, " [rdi + 3*", $size, "], ", $register, "3"),
                concat!("sub rdi, -4*", $size),
                "cmp rdi, r9",
                "jb 2b",
                concat!($load, " [rcx], ", $register, "4"),
                concat!($load, " [r8 - ", $size, "], ", $register, "5"),
                concat!($load, " [r8 - 2*", $size, "], ", $register, "6"),
                concat!($load, " [r8 - 3*", $size, "], ", $register, "7"),
                concat!($load, " [r8 - 4*", $size, "], ", $register, "8"),
                $leave,
                "ret",
            )
        }

        #[unsafe(naked)]
        unsafe extern "C" fn $backward(target: *mut u8, source: *const u8, length: usize) {
            naked_asm!(
                concat!($load, " ", $register, "4, [rsi + rdx - ", $size, "]"),
                concat!($load, " ", $register, "5, [rsi]"),
                concat!($load, " ", $register, "6, [rsi + ", $size, "]"),
                concat!($load, " ", $register, "7, [rsi + 2*", $size, "]"),
                concat!($load, " ", $register, "8, [rsi + 3*", $size, "]"),
                "lea r8, [rdi + rdx]",
                concat!("lea r9, [rdi + 4*", $size, "]"),
                "lea rcx, [r8 - 1]",
                concat!("and rcx, -", $size),
                "sub rsi, rdi",
                "add rsi, rcx",
                ".p2align 5",
                "2:",
                concat!($load, " ", $register, "0, [rsi - ", $size, "]"),
                concat!($load, " ", $register, "1, [rsi - 2*", $size, "]"),
                concat!($load, " ", $register, "2, [rsi - 3*", $size, "]"),
                concat!($load, " ", $register, "3, [rsi - 4*", $size, "]"),
                concat!("add rsi, -4*", $size),
                concat!($store, " [rcx - ", $size, "], ", $register, "0"),
                concat!($store, " [rcx - 2*", $size, "], ", $register, "1"),
                concat!($store, " [rcx - 3*", $size, "], ", $register, "2"),
                concat!($store, " [rcx - 4*", $size, "], ", $register, "3"),
                concat!("add rcx, -4*", $size),
                "cmp rcx, r9",
                "ja 2b",
                concat!($load, " [r8 - ", $size, "], ", $register, "4"),
                concat!($load, " [rdi], ", $register, "5"),
                concat!($load, " [rdi + ", $size, "], ", $register, "6"),
                concat!($load, " [rdi + 2*", $size, "], ", $register, "7"),
                concat!($load, " [rdi + 3*", $size, "], ", $register, "8"),
                $leave,
                "ret",
            )
        }
    };
}

loops!(forward_sse, backward_sse, "16", "movups", "movaps", "xmm", "");
loops!(forward_avx, backward_avx, "32", "vmovdqu", "vmovdqa", "ymm", "vzeroupper");

/// Copies [`STREAM_THRESHOLD`] bytes or more between ranges that do not overlap: four pages at a
/// time side by side, so that memory has several rows to work on; what is left over by
/// `copy_narrow`, which no longer sees a long copy.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn stream(target: *mut u8, source: *const u8, length: usize) {
    naked_asm!(
        // The target to a cache line: its first 64 bytes now, the rest from the next line on.
        "movups xmm0, [rsi]",
        "movups xmm1, [rsi + 16]",
        "movups xmm2, [rsi + 32]",
        "movups xmm3, [rsi + 48]",
        "movups [rdi], xmm0",
        "movups [rdi + 16], xmm1",
        "movups [rdi + 32], xmm2",
        "movups [rdi + 48], xmm3",
        "mov rcx, rdi",
        "neg rcx",
        "and ecx, 63",
        "add rdi, rcx",
        "add rsi, rcx",
        "sub rdx, rcx",
        "mov r8, rdx",
        "shr r8, 14",
        "and edx, 0x3fff",
        "2:",
        "mov ecx, 64",
        "3:",
        "prefetcht0 [rsi + 512]",
        "prefetcht0 [rsi + 4096 + 512]",
        "prefetcht0 [rsi + 2*4096 + 512]",
        "prefetcht0 [rsi + 3*4096 + 512]",
        "movups xmm0, [rsi]",
        "movups xmm1, [rsi + 16]",
        "movups xmm2, [rsi + 32]",
        "movups xmm3, [rsi + 48]",
        "movups xmm4, [rsi + 4096]",
        "movups xmm5, [rsi + 4096 + 16]",
        "movups xmm6, [rsi + 4096 + 32]",
        "movups xmm7, [rsi + 4096 + 48]",
        "movups xmm8, [rsi + 2*4096]",
        "movups xmm9, [rsi + 2*4096 + 16]",
        "movups xmm10, [rsi + 2*4096 + 32]",
        "movups xmm11, [rsi + 2*4096 + 48]",
        "movups xmm12, [rsi + 3*4096]",
        "movups xmm13, [rsi + 3*4096 + 16]",
        "movups xmm14, [rsi + 3*4096 + 32]",
        "movups xmm15, [rsi + 3*4096 + 48]",
        "add rsi, 64",
        "movntdq [rdi], xmm0",
        "movntdq [rdi + 16], xmm1",
        "movntdq [rdi + 32], xmm2",
        "movntdq [rdi + 48], xmm3",
        "movntdq [rdi + 4096], xmm4",
        "movntdq [rdi + 4096 + 16], xmm5",
        "movntdq [rdi + 4096 + 32], xmm6",
        "movntdq [rdi + 4096 + 48], xmm7",
        "movntdq [rdi + 2*4096], xmm8",
        "movntdq [rdi + 2*4096 + 16], xmm9",
        "movntdq [rdi + 2*4096 + 32], xmm10",
        "movntdq [rdi + 2*4096 + 48], xmm11",
        "movntdq [rdi + 3*4096], xmm12",
        "movntdq [rdi + 3*4096 + 16], xmm13",
        "movntdq [rdi + 3*4096 + 32], xmm14",
        "movntdq [rdi + 3*4096 + 48], xmm15",
        "add rdi, 64",
        "dec ecx",
        "jne 3b",
        "add rsi, 3*4096",
        "add rdi, 3*4096",
        "dec r8",
        "jne 2b",
        "sfence",
        "jmp {copy}",
        copy = sym copy_narrow,
    )
}
