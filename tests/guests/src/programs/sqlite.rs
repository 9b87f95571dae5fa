//! SQLite.

use crate::build::clang::{CProgram, Library, Wasi};
use crate::{Guest, Run, Tree};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "sqlite",
    driver: "sqlite.c",
    headers: &["checksum.h"],
    library: Some(Library { package: "libsqlite3-sys", folder: "sqlite3", files: &["sqlite3.c"] }),
    // What SQLite leaves out or chooses by itself for WASI, so that both sides are the same program.
    flags: &[
        "-DSQLITE_THREADSAFE=0",
        "-DSQLITE_OMIT_LOAD_EXTENSION",
        "-DSQLITE_OMIT_WAL",
        "-DSQLITE_DEFAULT_UNIX_VFS=\"unix-dotfile\"",
    ],
    wasi: Wasi::PLAIN,
};

pub(crate) fn runs() -> Vec<Run> {
    let in_file = |name, rows| {
        let run = Run::new(Guest::Sqlite, name).args(&["data/test.db", rows]).env("SQLITE_TMPDIR", "data");
        run.tree(Tree::new().directory("data")).grant("data")
    };
    let in_memory = |name, rows| Run::new(Guest::Sqlite, name).args(&[":memory:", rows]);
    vec![
        in_memory("memory", "100000"),
        in_file("file", "100000"),
        in_memory("bench", "100000").bench(),
        in_memory("count", "2000").count(),
    ]
}
