//! The programs in Rust.

use crate::build::rust::RustProgram;
use crate::{Guest, Run, Tree};

pub(crate) const PROGRAM: RustProgram =
    RustProgram { name: "rust", folder: "rust", main: "src/main.rs", has_twin: false };
pub(crate) const JSON: RustProgram = timed_program("rust-json", "src/bin/rust-json.rs");
pub(crate) const COLLECTIONS: RustProgram = timed_program("rust-collections", "src/bin/rust-collections.rs");

const fn timed_program(name: &'static str, main: &'static str) -> RustProgram {
    RustProgram { name, folder: "rust-bench", main, has_twin: true }
}

/// A run to be checked, and one to be timed.
pub(crate) fn timed(guest: Guest, check: &[&'static str], bench: &[&'static str]) -> Vec<Run> {
    vec![Run::new(guest, "check").args(check), Run::new(guest, "bench").args(bench).bench()]
}

fn input() -> Tree {
    Tree::new().file("data/input.txt", "a line\nanother")
}

/// What `main.rs` leaves behind.
fn left() -> Tree {
    let log: String = (0..1000_u32).map(|number| format!("{number:04} {:x}\n", number * number)).collect();
    input().file("data/log.txt", &log.as_bytes()[..100]).file("data/a/copy.txt", vec![b'c'; 2000])
}

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, status| {
        let run = Run::new(Guest::Rust, name).args(&["/data", "two words", ""]).env("GREETING", "hello");
        let run = run.stdin("the cat\nThe dog and the cat\n\nlast").tree(input()).grant("data");
        run.expect(include_str!("../../expected/rust.txt"), status, left())
    };
    vec![
        run("returns", 0),
        run("exits", 9).env("ENDING", "exit"),
        run("fails", 1).env("ENDING", "error"),
        // Panics do not unwind: a message, then a trap.
        run("panics", 134).env("ENDING", "panic"),
        run("aborts", 134).env("ENDING", "abort"),
        run("overflows", 134).env("ENDING", "overflow"),
    ]
}
