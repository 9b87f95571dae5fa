//! Lua, plain and with a stack that can be unwound.

use crate::build::clang::{CProgram, Library, Wasi};
use crate::{Guest, Run, Tree};

const SOURCES: Library = Library { package: "lua-src", folder: "lua-5.4.9", files: &["*.c"] };

/// On both sides Lua meets its tables in the same order.
const FLAGS: &[&str] = &["-include", "lua-deterministic.h"];

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "lua",
    driver: "lua.c",
    headers: &["lua-deterministic.h", "lua-no-unwinding.h", "wasi-only/setjmp.h"],
    library: Some(SOURCES),
    flags: FLAGS,
    wasi: Wasi {
        files: &["lua-wasi.c"],
        flags: &["-include", "lua-no-unwinding.h", "-D_WASI_EMULATED_SIGNAL", "-lwasi-emulated-signal"],
        asyncify: false,
    },
};

pub(crate) const ASYNCIFY: CProgram = CProgram {
    name: "lua-asyncify",
    driver: "lua.c",
    headers: &["lua-deterministic.h", "lua-asyncify.h", "wasi-only/setjmp.h"],
    library: Some(SOURCES),
    flags: FLAGS,
    wasi: Wasi {
        files: &["lua-wasi.c", "lua-asyncify.c"],
        flags: &["-include", "lua-asyncify.h", "-D_WASI_EMULATED_SIGNAL", "-lwasi-emulated-signal"],
        asyncify: true,
    },
};

fn scripts() -> Tree {
    Tree::new()
        .file("scripts/strings.lua", include_bytes!("../../sources/lua/strings.lua"))
        .file("scripts/tables.lua", include_bytes!("../../sources/lua/tables.lua"))
        .file("scripts/closures.lua", include_bytes!("../../sources/lua/closures.lua"))
        .file("scripts/numeric.lua", include_bytes!("../../sources/lua/numeric.lua"))
        .file("scripts/files.lua", include_bytes!("../../sources/lua/files.lua"))
        .file("scripts/errors.lua", include_bytes!("../../sources/lua/errors.lua"))
        .file("scripts/uncaught.lua", include_bytes!("../../sources/lua/uncaught.lua"))
}

fn run(guest: Guest, name: &'static str, args: &[&'static str]) -> Run {
    Run::new(guest, name).args(args).tree(scripts()).grant_read_only("scripts")
}

fn files(guest: Guest) -> Run {
    let run = run(guest, "files", &["scripts/files.lua", "data"]).env("GREETING", "hello");
    let run = run.tree(scripts().file("data/input.txt", "first\nsecond\nlast")).grant("data");
    run.stdin("a first line\n  12 0x1F\nand   the rest\nof it")
}

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, args| run(Guest::Lua, name, args);
    vec![
        run("strings", &["scripts/strings.lua"]),
        run("tables", &["scripts/tables.lua"]),
        run("closures", &["scripts/closures.lua"]),
        run("numeric", &["scripts/numeric.lua"]),
        files(Guest::Lua),
        // The native twin catches the error; this interpreter cannot.
        run("uncaught", &["scripts/uncaught.lua"]).expect("before\n", 70, scripts()),
        run("bench", &["scripts/numeric.lua", "40"]).bench(),
    ]
}

pub(crate) fn asyncify_runs() -> Vec<Run> {
    let run = |name, args| run(Guest::LuaAsyncify, name, args);
    vec![
        run("errors", &["scripts/errors.lua"]),
        run("uncaught", &["scripts/uncaught.lua"]),
        run("tables", &["scripts/tables.lua"]),
        run("numeric", &["scripts/numeric.lua"]),
        files(Guest::LuaAsyncify),
        // A script that does not exist: the error crosses the driver.
        run("missing", &["scripts/missing.lua"]),
    ]
}
