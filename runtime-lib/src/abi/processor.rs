//! What generated code may need of a processor beyond the baseline of its architecture, and who looks at start-up whether
//! it is there.

use super::Slice;

macro_rules! features {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal;)*) => {
        /// A feature of some processors of an architecture.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        #[repr(u8)]
        pub enum CpuFeature { $($(#[$doc])* $name = $number,)* }

        impl CpuFeature {
            /// Every feature, in the order of its number.
            pub const ALL: &'static [CpuFeature] = &[$(CpuFeature::$name,)*];

            /// As `--cpu` takes it.
            pub const fn name(self) -> &'static str {
                match self { $(CpuFeature::$name => $text,)* }
            }

            /// The feature with this number, if there is one.
            pub const fn from_number(number: u8) -> Option<CpuFeature> {
                match number { $($number => Some(CpuFeature::$name),)* _ => None }
            }
        }
    };
}

features! {
    /// x86-64: 256-bit vectors of floats.
    Avx = 1, "avx";
    /// x86-64: 256-bit vectors of integers.
    Avx2 = 2, "avx2";
    /// x86-64: sums of products that are rounded once.
    Fma = 3, "fma";
    /// x86-64: `andn`, `blsr`, `tzcnt`.
    Bmi1 = 4, "bmi1";
    /// x86-64: `bzhi`, `mulx`, `rorx`, shifts without flags.
    Bmi2 = 5, "bmi2";
    /// x86-64: leading zeros.
    Lzcnt = 6, "lzcnt";
    /// x86-64: dot products of 256-bit vectors.
    AvxVnni = 7, "avx_vnni";
    /// x86-64: 512-bit vectors, and masks.
    Avx512F = 8, "avx512f";
    /// x86-64: the same in vectors of 128 and 256 bits.
    Avx512Vl = 9, "avx512vl";
    /// x86-64: integers of 32 and 64 bits in such vectors.
    Avx512Dq = 10, "avx512dq";
    /// x86-64: set bits, byte by byte.
    Avx512Bitalg = 11, "avx512bitalg";
    /// x86-64: permutations of bytes.
    Avx512Vbmi = 12, "avx512vbmi";
    /// x86-64: dot products of 512-bit vectors.
    Avx512Vnni = 13, "avx512vnni";
    /// AArch64: atomic instructions.
    Lse = 64, "lse";
    /// AArch64: arithmetic with 16-bit floats.
    Fp16 = 65, "fp16";
    /// AArch64: dot products of vectors.
    Dotprod = 66, "dotprod";
    /// AArch64: products of matrices of bytes.
    I8mm = 67, "i8mm";
    /// AArch64: signed addresses.
    Pauth = 68, "pauth";
    /// RISC-V: vectors of at least 128 bits.
    V = 128, "v";
    /// RISC-V: addresses of array elements, zero extension.
    Zba = 129, "zba";
    /// RISC-V: leading zeros, rotation, minimum and maximum.
    Zbb = 130, "zbb";
    /// RISC-V: single bits.
    Zbs = 131, "zbs";
    /// RISC-V: products without carry.
    Zbc = 132, "zbc";
    /// RISC-V: reversed bits, packed halves.
    Zbkb = 133, "zbkb";
    /// RISC-V: a value or 0.
    Zicond = 134, "zicond";
    /// RISC-V: more of floating-point arithmetic.
    Zfa = 135, "zfa";
    /// RISC-V: more instructions of two bytes.
    Zcb = 136, "zcb";
    /// RISC-V: bits of vectors.
    Zvbb = 137, "zvbb";
}

/// What a program needs of the processor beyond the baseline.
#[derive(Debug)]
#[repr(C)]
pub struct Requirements {
    /// Ends the program where something is missing: the symbol [`CHECK_PROCESSOR_SYMBOL`]. A reference from the record, so
    /// that only a program with requirements links what finds out.
    pub check: unsafe extern "C" fn(requirements: *const Requirements),
    /// Numbers of [`CpuFeature`].
    pub features: Slice<u8>,
}

/// [`Requirements::check`].
pub const CHECK_PROCESSOR_SYMBOL: &str = "wasmc_check_processor";
