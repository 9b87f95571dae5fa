//! The file system, the clocks and the standard streams.

use crate::build::clang::{CProgram, Wasi};
use crate::{Guest, Run, Tree};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "fileio",
    driver: "fileio.c",
    headers: &["checksum.h"],
    library: None,
    flags: &["-D_GNU_SOURCE"],
    wasi: Wasi::PLAIN,
};

pub(crate) fn runs() -> Vec<Run> {
    let run = |name| {
        let run = Run::new(Guest::FileIo, name).args(&["data", "two words", "", "--help", "é"]);
        run.env("GREETING", "hello, world = yes").tree(Tree::new().directory("data")).grant("data")
    };
    // More than a pipe holds at once.
    let long_input: String = (0..20_000).map(|number| format!("line {number}\n")).collect();
    vec![run("short-input").stdin("a line\nand half a line"), run("long-input").stdin(long_input), run("no-input")]
}
