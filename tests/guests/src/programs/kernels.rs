//! Small programs of our own, each busy with one kind of work, for the benches to time.

use crate::build::clang::{CProgram, Wasi};
use crate::{Guest, Run};

const fn kernel(name: &'static str, driver: &'static str) -> CProgram {
    CProgram {
        name,
        driver,
        headers: &["kernels/kernel.h", "checksum.h"],
        library: None,
        flags: &[],
        wasi: Wasi::PLAIN,
    }
}

/// The same with vector instructions, which clang then uses for loops on both sides.
const fn vectorized(name: &'static str, driver: &'static str) -> CProgram {
    CProgram {
        flags: &["-fvectorize", "-fslp-vectorize"],
        wasi: Wasi { flags: &["-msimd128"], ..Wasi::PLAIN },
        ..kernel(name, driver)
    }
}

pub(crate) const MATRICES: CProgram = kernel("matrices", "kernels/matrices.c");
pub(crate) const MATRICES_SIMD: CProgram = vectorized("matrices-simd", "kernels/matrices.c");
pub(crate) const STENCILS: CProgram = kernel("stencils", "kernels/stencils.c");
pub(crate) const STENCILS_SIMD: CProgram = vectorized("stencils-simd", "kernels/stencils.c");
pub(crate) const NBODY: CProgram = kernel("nbody", "kernels/nbody.c");
pub(crate) const INTEGERS: CProgram = kernel("integers", "kernels/integers.c");
pub(crate) const RECURSION: CProgram = kernel("recursion", "kernels/recursion.c");
pub(crate) const DISPATCH: CProgram = kernel("dispatch", "kernels/dispatch.c");
pub(crate) const INTERPRETER: CProgram = kernel("interpreter", "kernels/interpreter.c");
pub(crate) const POINTERS: CProgram = kernel("pointers", "kernels/pointers.c");
/// `memcpy` is the instruction here, and not the loop that the C library has in its place.
pub(crate) const COPIES: CProgram =
    CProgram { wasi: Wasi { flags: &["-mbulk-memory"], ..Wasi::PLAIN }, ..kernel("copies", "kernels/copies.c") };

/// Those of which the instructions are counted as well: they depend on nothing but generated code.
const COUNTED: [Guest; 3] = [Guest::Dispatch, Guest::Integers, Guest::Interpreter];

/// A run to be checked with few repetitions, and one to be timed.
pub(crate) fn runs(guest: Guest, check: &'static str, bench: &'static str) -> Vec<Run> {
    let mut runs = vec![Run::new(guest, "check").args(&[check]), Run::new(guest, "bench").args(&[bench]).bench()];
    if COUNTED.contains(&guest) {
        runs.push(Run::new(guest, "count").args(&[check]).count());
    }
    runs
}
