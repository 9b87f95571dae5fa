//! What the processor is good at, for `copy` and `fill`.
//!
//! `cpuid` traps under a hypervisor and may take longer than a short program, so it is not asked
//! before a program has copied as much as the answer costs.

use core::arch::x86_64::{__cpuid, __cpuid_count, _xgetbv};
use core::sync::atomic::{AtomicI64, AtomicU32, Ordering};

/// Set in [`FEATURES`] once they are known.
pub(super) const KNOWN: u32 = 1;
/// 256-bit vectors may be used.
pub(super) const AVX: u32 = 2;
/// 512-bit vectors with a mask for each byte may be used; 256-bit ones as well then, and `shlx`.
pub(super) const AVX512: u32 = 8;
/// `rep movsb` and `rep stosb` are fast for long ranges.
pub(super) const REP: u32 = 4;

/// 0 until they are known.
pub(super) static FEATURES: AtomicU32 = AtomicU32::new(0);

/// Bytes to copy the plain way before asking: about 10 µs of copying, as long as three `cpuid` take
/// under two hypervisors.
static PATIENCE: AtomicI64 = AtomicI64::new(256 << 10);

/// Counts `length` bytes and gives the features, or 0 as long as asking does not pay.
pub(super) extern "sysv64" fn learn(length: usize) -> u32 {
    let patience = PATIENCE.load(Ordering::Relaxed).saturating_sub(length as i64);
    PATIENCE.store(patience, Ordering::Relaxed);
    if patience >= 0 {
        return 0;
    }
    let features = KNOWN | ask();
    FEATURES.store(features, Ordering::Relaxed);
    features
}

fn ask() -> u32 {
    /// Leaf 1, `ecx`: the operating system saves vector registers, and `xgetbv` exists.
    const OSXSAVE: u32 = 1 << 27;
    /// Leaf 7, `ebx`.
    const AVX2: u32 = 1 << 5;
    /// Leaf 7, `ebx`: AVX512F, AVX512BW and BMI2.
    const WIDE: u32 = 1 << 16 | 1 << 30 | 1 << 8;
    /// Leaf 7, `ebx`: enhanced `rep movsb` and `rep stosb`.
    const ERMS: u32 = 1 << 9;
    /// Control register 0: 128-bit and 256-bit registers are saved.
    const AVX_STATE: u64 = 0x6;
    /// The same, with masks and 512-bit registers.
    const AVX512_STATE: u64 = 0xe6;
    /// The second word of `GenuineIntel`. Other processors claim the feature too, but some of
    /// theirs are slower than a loop for unlucky alignments.
    const INTEL: u32 = u32::from_le_bytes(*b"ineI");

    let vendor = __cpuid(0);
    if vendor.eax < 7 {
        return 0;
    }
    let extended = __cpuid_count(7, 0);
    let saved = if __cpuid(1).ecx & OSXSAVE != 0 { saved_registers() } else { 0 };
    let mut features = 0;
    if extended.ebx & AVX2 != 0 && saved & AVX_STATE == AVX_STATE {
        features |= AVX;
        if extended.ebx & WIDE == WIDE && saved & AVX512_STATE == AVX512_STATE {
            features |= AVX512;
        }
    }
    if extended.ebx & ERMS != 0 && vendor.edx == INTEL {
        features |= REP;
    }
    features
}

/// The parts of the processor's state that the operating system saves; `xgetbv` exists.
pub(super) fn saved_registers() -> u64 {
    #[target_feature(enable = "xsave")]
    fn read() -> u64 {
        // SAFETY: register 0 exists.
        unsafe { _xgetbv(0) }
    }
    // SAFETY: called where the processor has said that the instruction exists.
    unsafe { read() }
}
