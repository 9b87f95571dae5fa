//! The program in AssemblyScript.

use crate::{Guest, Run, Tree};

/// What `main.ts` leaves behind: it removes its input.
fn left() -> Tree {
    let lines: String = (0..500_u32).map(|number| format!("line {number} {:x}\n", number * number)).collect();
    Tree::new().file("data/output.txt", lines)
}

pub(crate) fn runs() -> Vec<Run> {
    let run = |name, status| {
        let run = Run::new(Guest::AssemblyScript, name).args(&["/data", "two words", ""]).env("GREETING", "hello");
        let run = run.stdin("the cat\nThe dog and the cat\n\nlast");
        let run = run.tree(Tree::new().file("data/input.txt", "a line\nanother")).grant("data");
        run.expect(include_str!("../../expected/assemblyscript.txt"), status, left())
    };
    vec![
        run("returns", 0),
        run("exits", 9).env("ENDING", "exit"),
        // A failed assertion of the language: the shim prints it and exits.
        run("index", 255).env("ENDING", "index"),
        run("traps", 134).env("ENDING", "unreachable"),
    ]
}
