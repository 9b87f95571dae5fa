//! Words that no file has.

use crate::source::{files, lines, none, read, root, rust};
use std::path::{Path, PathBuf};

#[test]
fn nothing_is_left_to_be_done() {
    let mut breaches = Vec::new();
    for folder in ["compiler", "runtime-lib", "cli", "tests/src", "snapshots", "benches"] {
        breaches.extend(lines(&rust(folder), |_, line| {
            ["todo!(", "unimplemented!(", "dbg!("].iter().any(|word| line.contains(word))
        }));
    }
    none(breaches, "Give an `Error::Unsupported` that names what is missing, or write it.");
}

/// The files that people write: not locks, and not what a test's input is made of.
fn written() -> Vec<(PathBuf, String)> {
    const TEXT: [&str; 9] = ["rs", "toml", "md", "wat", "sh", "py", "txt", "c", "yml"];
    let is_text = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default();
        TEXT.iter().any(|text| extension == *text) || path.starts_with(".ci")
    };
    files().into_iter().filter(is_text).map(|path| (path.clone(), read(&path))).collect()
}

#[test]
fn no_file_names_a_registry() {
    // In two parts, so that this file does not name them either.
    let hosts = [
        ["crates", ".io/"],
        ["index.crates", ".io"],
        ["static.crates", ".io"],
        ["registry.npmjs", ".org"],
        ["files.pythonhosted", ".org"],
        ["pypi", ".org/simple"],
        ["proxy.golang", ".org"],
        ["deb.debian", ".org"],
    ]
    .map(|parts| parts.concat());
    let mut breaches = Vec::new();
    for (path, text) in written() {
        for (number, line) in (1..).zip(text.lines()) {
            if hosts.iter().any(|host| line.contains(host.as_str())) {
                breaches.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    none(breaches, "Leave it to cargo, pip, npm, go or apt where they look: whoever builds has them configured.");
}

#[test]
fn no_file_names_a_place_on_this_machine() {
    let root = root().display().to_string();
    if Path::new(&root).components().count() < 3 {
        // `/src` would be found in every other file.
        return;
    }
    let mut breaches = Vec::new();
    for (path, text) in written() {
        for (number, line) in (1..).zip(text.lines()) {
            if line.contains(&root) {
                breaches.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    none(breaches, "Name files relative to the repository, or find them with `CARGO_MANIFEST_DIR`.");
}

#[test]
fn comments_do_not_put_things_off() {
    let marks = ["TO", "FIX", "X"].into_iter().zip(["DO", "ME", "XX"]).map(|(start, end)| format!("{start}{end}"));
    let marks: Vec<String> = marks.collect();
    let mut breaches = Vec::new();
    for folder in ["compiler", "runtime-lib", "cli", "tests", "snapshots", "benches"] {
        for (path, text) in rust(folder) {
            for (number, line) in (1..).zip(text.lines()) {
                let has_mark = |mark: &String| line.split(|c: char| !c.is_alphanumeric()).any(|word| word == mark);
                if marks.iter().any(has_mark) {
                    breaches.push(format!("{}:{number}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    none(breaches, "Do it, or write what is missing into an issue.");
}
