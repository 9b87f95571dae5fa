//! What the processor, and the operating system with it, can do of what programs may need.
//!
//! Kernels older than an extension do not know whether it is there, and most extensions need nothing of the kernel: so an
//! instruction of the extension is tried. Vectors do need the kernel, and are as undefined without its help.

use super::linux::trial::runs;
use crate::abi::CpuFeature;
use core::arch::naked_asm;

/// Defines a function that gives 1 if these instructions exist: they come in groups of four bytes, and one that does not
/// exist is skipped and leaves 0 in `a0`. They are numbers because assemblers want to be told of extensions.
macro_rules! attempt {
    ($name:ident, $($line:literal),+) => {
        #[unsafe(naked)]
        extern "C" fn $name() -> usize {
            naked_asm!("li a0, 1", $($line,)+ "ret")
        }
    };
}

// `sh1add a1, a1, a1`
attempt!(zba, ".4byte 0x20b5a5b3");
// `clz a1, a1`
attempt!(zbb, ".4byte 0x60059593");
// `bset a1, a1, a1`
attempt!(zbs, ".4byte 0x28b595b3");
// `clmulr a1, a1, a1`
attempt!(zbc, ".4byte 0x0ab5a5b3");
// `brev8 a1, a1`
attempt!(zbkb, ".4byte 0x6875d593");
// `czero.eqz a1, a1, a1`
attempt!(zicond, ".4byte 0x0eb5d5b3");
// `fli.s ft0, 1.0`
attempt!(zfa, ".4byte 0xf0180053");
// `c.zext.b a1` and `c.nop`
attempt!(zcb, ".2byte 0x9de1, 0x0001");
// `vsetivli a1, 16, e8, m1, ta, ma`: gives 16 where registers have at least 128 bits.
attempt!(v, ".4byte 0xcc0875d7", "addi a1, a1, -16", "seqz a1, a1", "and a0, a0, a1");
// The same, and `vbrev.v v8, v8`.
attempt!(zvbb, ".4byte 0xcc0875d7", ".4byte 0x4a852457");

/// Whether instructions of `feature` may be used.
pub(crate) fn has_feature(feature: CpuFeature) -> bool {
    runs(match feature {
        CpuFeature::V => v,
        CpuFeature::Zba => zba,
        CpuFeature::Zbb => zbb,
        CpuFeature::Zbs => zbs,
        CpuFeature::Zbc => zbc,
        CpuFeature::Zbkb => zbkb,
        CpuFeature::Zicond => zicond,
        CpuFeature::Zfa => zfa,
        CpuFeature::Zcb => zcb,
        CpuFeature::Zvbb => zvbb,
        // Of another architecture.
        _ => return false,
    })
}
