//! The program in Rust.

use crate::build::rust::RustProgram;
use crate::{Guest, Run, Tree};

pub(crate) const PROGRAM: RustProgram = RustProgram { name: "rust", binary: "guest", file: "src/main.rs" };

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
