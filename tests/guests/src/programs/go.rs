//! The programs in Go.

use crate::build::go::GoProgram;
use crate::{Guest, Run, Tree};

pub(crate) const PROGRAM: GoProgram = GoProgram { name: "go", package: ".", files: &["main.go"] };

pub(crate) const SERVER: GoProgram = GoProgram { name: "go-server", package: "server", files: &["server.go"] };

fn input() -> Tree {
    Tree::new().file("data/input.txt", "a line\nanother")
}

/// What `main.go` leaves behind.
fn left() -> Tree {
    let mut log = String::new();
    for number in 0..1000 {
        log += &format!("{number:04} {}\n", base_36(number * number));
    }
    let files = input().file("data/log.txt", log).file("data/a/b/c/moved.txt", vec![b'e'; 4000]);
    files
        .file("data/a/b/file-1.txt", vec![b'b'; 1000])
        .file("data/a/b/file-2.txt", vec![b'c'; 2000])
        .file("data/a/b/file-3.txt", vec![b'd'; 3000])
}

fn base_36(number: u32) -> String {
    let digit = char::from_digit(number % 36, 36).unwrap_or('?');
    if number < 36 { digit.to_string() } else { base_36(number / 36) + &digit.to_string() }
}

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, status| {
        let run = Run::new(Guest::Go, name).args(&["/data", "two words", ""]).env("GREETING", "hello");
        let run = run.stdin("the cat\nThe dog and the cat\n\nlast").tree(input()).grant("data");
        run.expect(include_str!("../../expected/go.txt"), status, left())
    };
    vec![
        run("returns", 0),
        run("exits", 9).env("ENDING", "exit"),
        run("panics", 2).env("ENDING", "panic"),
        run("deadlocks", 2).env("ENDING", "deadlock"),
    ]
}
