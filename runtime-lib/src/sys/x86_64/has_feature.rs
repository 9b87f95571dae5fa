//! What the processor, and the operating system with it, can do of what programs may need.

use super::features::saved_registers;
use crate::abi::CpuFeature;
use core::arch::x86_64::{__cpuid, __cpuid_count};

/// Whether instructions of `feature` may be used.
pub(crate) fn has_feature(feature: CpuFeature) -> bool {
    /// Leaf 1, `ecx`.
    const OSXSAVE: u32 = 1 << 27;
    /// Parts of the state that has to be saved: 256-bit registers, and masks with 512-bit ones.
    const AVX: u64 = 0x6;
    const AVX512: u64 = 0xe6;

    let basic = __cpuid(1).ecx;
    let is_saved = |state: u64| basic & OSXSAVE != 0 && saved_registers() & state == state;
    let (word, bit, state) = match feature {
        CpuFeature::Fma => (basic, 12, AVX),
        CpuFeature::Avx => (basic, 28, AVX),
        CpuFeature::Bmi1 => (leaf_7(0).0, 3, 0),
        CpuFeature::Avx2 => (leaf_7(0).0, 5, AVX),
        CpuFeature::Bmi2 => (leaf_7(0).0, 8, 0),
        CpuFeature::Avx512F => (leaf_7(0).0, 16, AVX512),
        CpuFeature::Avx512Dq => (leaf_7(0).0, 17, AVX512),
        CpuFeature::Avx512Vl => (leaf_7(0).0, 31, AVX512),
        CpuFeature::Avx512Vbmi => (leaf_7(0).1, 1, AVX512),
        CpuFeature::Avx512Vnni => (leaf_7(0).1, 11, AVX512),
        CpuFeature::Avx512Bitalg => (leaf_7(0).1, 12, AVX512),
        CpuFeature::AvxVnni => (leaf_7(1).2, 4, AVX),
        CpuFeature::Lzcnt => (extended(), 5, 0),
        // Of another architecture.
        _ => return false,
    };
    word & 1 << bit != 0 && (state == 0 || is_saved(state))
}

/// `ebx`, `ecx` and `eax` of leaf 7, zeros where the processor does not know it.
fn leaf_7(part: u32) -> (u32, u32, u32) {
    if __cpuid(0).eax < 7 || part > __cpuid_count(7, 0).eax {
        return (0, 0, 0);
    }
    let leaf = __cpuid_count(7, part);
    (leaf.ebx, leaf.ecx, leaf.eax)
}

/// `ecx` of the first leaf with AMD's features.
fn extended() -> u32 {
    const LEAF: u32 = 0x8000_0001;
    if __cpuid(0x8000_0000).eax < LEAF { 0 } else { __cpuid(LEAF).ecx }
}
