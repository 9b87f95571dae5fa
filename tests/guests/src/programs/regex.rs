//! A backtracking engine of regular expressions: Oniguruma.

use crate::build::clang::{CProgram, Library, Wasi};
use crate::{Guest, Run};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "regex",
    driver: "regex/regex.c",
    headers: &["checksum.h", "regex/config.h"],
    library: Some(Library { package: "onig_sys", folder: "oniguruma/src", files: FILES }),
    // WebAssembly has no addresses of labels: both sides have a `switch`.
    flags: &["-DONIG_DISABLE_DIRECT_THREADING"],
    wasi: Wasi::PLAIN,
};

/// The engine with the two encodings that it needs for UTF-8.
const FILES: &[&str] = &[
    "ascii.c",
    "onig_init.c",
    "regcomp.c",
    "regenc.c",
    "regerror.c",
    "regexec.c",
    "regext.c",
    "regparse.c",
    "regsyntax.c",
    "regtrav.c",
    "regversion.c",
    "st.c",
    "unicode.c",
    "unicode_fold1_key.c",
    "unicode_fold2_key.c",
    "unicode_fold3_key.c",
    "unicode_unfold_key.c",
    "utf8.c",
];

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, args| Run::new(Guest::Regex, name).args(args);
    vec![run("check", &["64", "1"]), run("bench", &["1024", "4"]).bench()]
}
