//! QuickJS.

use crate::build::clang::{CProgram, Library, Wasi};
use crate::{Guest, Run, Tree};

pub(crate) const PROGRAM: CProgram = CProgram {
    name: "quickjs",
    driver: "quickjs.c",
    headers: &[],
    library: Some(Library {
        package: "rquickjs-sys",
        folder: "quickjs",
        files: &["dtoa.c", "libregexp.c", "libunicode.c", "quickjs.c"],
    }),
    flags: &["-D_GNU_SOURCE"],
    wasi: Wasi::PLAIN,
};

fn scripts() -> Tree {
    Tree::new()
        .file("scripts/language.js", include_bytes!("../../sources/js/language.js"))
        .file("scripts/data.js", include_bytes!("../../sources/js/data.js"))
        .file("scripts/numeric.js", include_bytes!("../../sources/js/numeric.js"))
        .file("scripts/files.js", include_bytes!("../../sources/js/files.js"))
}

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, args| Run::new(Guest::QuickJs, name).args(args).tree(scripts()).grant_read_only("scripts");
    let files = run("files", &["scripts/files.js", "data"]).env("GREETING", "hello").grant("data");
    vec![
        run("language", &["scripts/language.js"]),
        run("data", &["scripts/data.js"]),
        run("numeric", &["scripts/numeric.js"]),
        files.tree(scripts().file("data/input.txt", "first\nsecond\nlast\n")),
        run("missing", &["scripts/missing.js"]),
        run("bench", &["scripts/numeric.js", "10"]).bench(),
    ]
}
