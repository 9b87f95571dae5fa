//! What the processor, and the operating system with it, can do of what programs may need: the kernel says so in two words
//! (`asm/hwcap.h`).

use crate::abi::CpuFeature;
use crate::sys::process::auxiliary;

/// Whether instructions of `feature` may be used.
pub(crate) fn has_feature(feature: CpuFeature) -> bool {
    /// `AT_HWCAP` and `AT_HWCAP2`.
    const FIRST: usize = 16;
    const SECOND: usize = 26;
    let (word, bits) = match feature {
        CpuFeature::Lse => (FIRST, 1 << 8),
        // Scalars and vectors.
        CpuFeature::Fp16 => (FIRST, 1 << 9 | 1 << 10),
        CpuFeature::Dotprod => (FIRST, 1 << 20),
        CpuFeature::Pauth => (FIRST, 1 << 30),
        CpuFeature::I8mm => (SECOND, 1 << 13),
        // Of another architecture.
        _ => return false,
    };
    auxiliary(word).is_some_and(|word| word & bits == bits)
}
