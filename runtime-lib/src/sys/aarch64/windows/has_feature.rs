//! What the processor, and the operating system with it, can do of what programs may need, as far as the system says it.

use crate::abi::CpuFeature;
use windows_sys::Win32::System::Threading::IsProcessorFeaturePresent;

/// Whether instructions of `feature` may be used.
pub(crate) fn has_feature(feature: CpuFeature) -> bool {
    // `PF_ARM_*` of `winnt.h`.
    let number = match feature {
        CpuFeature::Lse => 34,
        CpuFeature::Dotprod => 43,
        CpuFeature::I8mm => 66,
        CpuFeature::Fp16 => 67,
        // The system does not tell, or it is of another architecture.
        _ => return false,
    };
    // SAFETY: a number that the system does not know is a feature that is not there.
    unsafe { IsProcessorFeaturePresent(number) != 0 }
}
