//! Every call of WASI, in three languages: in C directly, in Go and Rust through the standard library wherever that makes
//! it. What each gives, wasmtime says, apart from where wasmc differs and says so.

use crate::build::clang::{CProgram, Wasi};
use crate::build::go::GoProgram;
use crate::build::rust::RustProgram;
use crate::{Difference, Guest, Run, Tree};

pub(crate) const PROGRAM: CProgram =
    CProgram { name: "calls", driver: "calls.c", headers: &[], library: None, flags: &[], wasi: Wasi::PLAIN };

pub(crate) const GO: GoProgram = GoProgram { name: "calls-go", package: "calls", files: &["calls.go", "imports.go"] };

pub(crate) const RUST: RustProgram =
    RustProgram { name: "calls-rust", folder: "rust", main: "src/bin/calls-rust.rs", has_twin: false };

/// The list in `docs/wasi.md`, as far as a program that goes on can see it.
const DIFFERENCES: &[Difference] = &[
    Difference {
        reference: "clock_res_get process: badf, zero",
        ours: "clock_res_get process: success, positive",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference {
        reference: "clock_time_get process: badf, forward",
        ours: "clock_time_get process: success, forward",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference {
        reference: "clock_res_get thread: badf, zero",
        ours: "clock_res_get thread: success, positive",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference {
        reference: "clock_time_get thread: badf, forward",
        ours: "clock_time_get thread: success, forward",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference {
        reference: "fd_fdstat_get rights of a directory: 3fb7ffbb, 3fb7ffbb",
        ours: "fd_fdstat_get rights of a directory: 3fb7ffbb, 3fffffff",
        reason: "files in it may be written, and C libraries look here before they ask for that",
    },
    Difference {
        reference: "fd_fdstat_set_rights: notsup",
        ours: "fd_fdstat_set_rights: success",
        reason: "wasmtime does not let a program give rights up",
    },
    Difference {
        reference: "fd_allocate: notsup",
        ours: "fd_allocate: success",
        reason: "wasmtime does not reserve room",
    },
    Difference {
        reference: "fd_sync of a directory: badf",
        ours: "fd_sync of a directory: success",
        reason: "Linux has new names written to the device that way",
    },
    Difference {
        reference: "poll_oneoff file: 1 bytes",
        ours: "poll_oneoff file: 10 bytes",
        reason: "wasmtime always says 1",
    },
];

const GO_DIFFERENCES: &[Difference] = &[
    Difference {
        reference: "resolution of process: error 8, positive false",
        ours: "resolution of process: error 0, positive true",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference {
        reference: "resolution of thread: error 8, positive false",
        ours: "resolution of thread: error 0, positive true",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference { reference: "allocate: error 58", ours: "allocate: ok", reason: "wasmtime does not reserve room" },
    Difference {
        reference: "set rights: error 58",
        ours: "set rights: ok",
        reason: "wasmtime does not let a program give rights up",
    },
];

const RUST_DIFFERENCES: &[Difference] = &[
    Difference {
        reference: "resolution of process: error 8, positive false",
        ours: "resolution of process: error 0, positive true",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference {
        reference: "resolution of thread: error 8, positive false",
        ours: "resolution of thread: error 0, positive true",
        reason: "wasmtime has no clocks of processor time",
    },
    Difference { reference: "allocate: error 58", ours: "allocate: ()", reason: "wasmtime does not reserve room" },
    Difference {
        reference: "give rights up: error 58",
        ours: "give rights up: ()",
        reason: "wasmtime does not let a program give rights up",
    },
];

/// The programs refer to these by name.
fn tree() -> Tree {
    Tree::new()
        .file("secret.txt", "secret\n")
        .file("data/file.txt", "0123456789")
        .file("data/other.txt", "other")
        .file("data/cut.txt", "to be cut off")
        .directory("data/sub/deep")
        .link("data/link", "file.txt")
        .link("data/link-outside", "../secret.txt")
        .link("data/loop", "loop")
        .file("readonly/file.txt", "read only\n")
        .directory("readonly/empty")
        .link("readonly/link", "file.txt")
}

pub(crate) fn runs() -> Vec<Run> {
    runs_of(Guest::Calls, DIFFERENCES)
}

pub(crate) fn go_runs() -> Vec<Run> {
    runs_of(Guest::CallsGo, GO_DIFFERENCES)
}

pub(crate) fn rust_runs() -> Vec<Run> {
    runs_of(Guest::CallsRust, RUST_DIFFERENCES)
}

fn runs_of(guest: Guest, differences: &'static [Difference]) -> Vec<Run> {
    let run = |name| {
        let run = Run::new(guest, name).tree(tree()).grant("data").grant_read_only("readonly");
        run.like_reference(differences)
    };
    vec![
        run("with-everything").args(&["7", "two words", "", "é"]).env("GREETING", "hello = yes").stdin("input"),
        run("with-little").args(&["0"]),
    ]
}
