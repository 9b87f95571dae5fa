//! bzip2.

use crate::build::clang::{CProgram, Library, Wasi};
use crate::{Guest, Run};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "bzip2",
    driver: "bzip2.c",
    headers: &["checksum.h"],
    library: Some(Library {
        package: "bzip2-sys",
        folder: "bzip2-1.0.8",
        files: &["blocksort.c", "bzlib.c", "compress.c", "crctable.c", "decompress.c", "huffman.c", "randtable.c"],
    }),
    flags: &["-DBZ_NO_STDIO"],
    wasi: Wasi::PLAIN,
};

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, args| Run::new(Guest::Bzip2, name).args(args);
    vec![run("check", &["100", "9"]), run("bench", &["900", "6"]).bench()]
}
