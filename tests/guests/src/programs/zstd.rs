//! zstd.

use crate::build::clang::{CProgram, Library, Wasi};
use crate::{Guest, Run};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "zstd",
    driver: "zstd.c",
    headers: &["checksum.h"],
    library: Some(Library {
        package: "zstd-sys",
        folder: "zstd/lib",
        files: &["common/*.c", "compress/*.c", "decompress/*.c"],
    }),
    // Without assembly, intrinsics and versions for other processors both sides are the same C.
    flags: &["-DZSTD_DISABLE_ASM", "-DZSTD_NO_INTRINSICS", "-DDYNAMIC_BMI2=0", "-DXXH_VECTOR=0"],
    wasi: Wasi::PLAIN,
};

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, args| Run::new(Guest::Zstd, name).args(args);
    vec![
        run("levels", &["1", "-5", "1", "3", "6", "12", "17"]),
        run("large", &["64", "3"]),
        run("bench", &["24", "1", "3"]).bench(),
        run("count", &["1", "3"]).count(),
    ]
}
