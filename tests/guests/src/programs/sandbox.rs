//! Forty ways to leave the granted directories. A native program would succeed, so what must come of it is fixed.

use crate::build::clang::{CProgram, Wasi};
use crate::{Guest, Run, Tree};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "sandbox",
    driver: "sandbox.c",
    headers: &[],
    library: None,
    flags: &["-D_GNU_SOURCE"],
    wasi: Wasi::PLAIN,
};

/// `sandbox.c` refers to these by name.
fn tree() -> Tree {
    Tree::new()
        .file("secret.txt", "secret\n")
        .file("data/inside.txt", "inside\n")
        .file("data/sub/deep.txt", "deep\n")
        .link("data/link-inside", "inside.txt")
        .link("data/link-sub", "sub")
        .link("data/sub/link-up", "..")
        .link("data/link-secret", "../secret.txt")
        .link("data/link-absolute", "/etc/passwd")
        .link("data/link-parent", "..")
        .link("data/link-root", "/")
        .link("data/link-chain", "link-secret")
        .link("data/link-new", "../new.txt")
        .file("readonly/file.txt", "read only\n")
        .directory("readonly/empty")
}

pub(crate) fn runs() -> Vec<Run> {
    let run = Run::new(Guest::Sandbox, "escapes").tree(tree()).grant("data").grant_read_only("readonly");
    let after = tree().file("data/created.txt", "");
    vec![run.expect(include_str!("../../expected/sandbox.txt"), 0, after)]
}
