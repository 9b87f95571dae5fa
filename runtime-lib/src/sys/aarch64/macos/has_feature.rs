//! What the processor can do of what programs may need.

use crate::abi::CpuFeature;
use core::ptr::null_mut;

/// Whether instructions of `feature` may be used.
pub(crate) fn has_feature(feature: CpuFeature) -> bool {
    match feature {
        // The first of Apple's processors for these computers has them.
        CpuFeature::Lse | CpuFeature::Fp16 | CpuFeature::Dotprod | CpuFeature::Pauth => true,
        CpuFeature::I8mm => {
            let (mut value, mut size) = (0u32, size_of::<u32>());
            let name = c"hw.optional.arm.FEAT_I8MM".as_ptr();
            // SAFETY: the kernel writes no more than there is room for. A name that it does not know leaves the 0.
            unsafe { libc::sysctlbyname(name, (&raw mut value).cast(), &mut size, null_mut(), 0) };
            value == 1
        }
        // Of another architecture.
        _ => false,
    }
}
