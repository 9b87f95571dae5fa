//! How large files may be, and how they begin.

use crate::source::{files, none, read, root, rust};
use std::path::Path;

/// Lines beyond which a file has more than one subject.
const MOST_LINES: usize = 700;
/// One that is longer: the contract is one list, and is read as one.
const LONGER: [&str; 1] = ["runtime-lib/src/abi.rs"];
/// Bytes that every clone of the repository has to carry.
const MOST_BYTES: u64 = 400_000;

#[test]
fn no_source_is_too_long() {
    let mut breaches = Vec::new();
    for folder in ["compiler", "runtime-lib", "cli", "tests", "snapshots", "benches"] {
        for (path, text) in rust(folder) {
            let count = text.lines().count();
            if count > MOST_LINES && !LONGER.iter().any(|longer| path == Path::new(longer)) {
                breaches.push(format!("{}: {count} lines", path.display()));
            }
        }
    }
    none(breaches, "Divide it by its nouns. About 400 lines are a good size.");
}

#[test]
fn no_file_is_too_large() {
    let mut breaches = Vec::new();
    for path in files() {
        let length = root().join(&path).symlink_metadata().map_or(0, |metadata| metadata.len());
        if length > MOST_BYTES {
            breaches.push(format!("{}: {length} bytes", path.display()));
        }
    }
    none(breaches, "Make it when a test needs it, as `tests/guests` does, or cut it down to what the test shows.");
}

#[test]
fn every_source_says_what_it_does() {
    let mut breaches = Vec::new();
    for folder in ["compiler", "runtime-lib", "cli", "tests", "snapshots", "benches"] {
        for (path, text) in rust(folder) {
            if !text.starts_with("//!") {
                breaches.push(path.display().to_string());
            }
        }
    }
    none(breaches, "Begin the file with a `//!` comment: what comes in, what goes out, and how.");
}

#[test]
fn the_lock_file_is_kept() {
    assert!(!read(Path::new("Cargo.lock")).is_empty());
    let ignored = read(Path::new(".gitignore"));
    assert!(!ignored.lines().any(|line| line.contains("Cargo.lock")), "Cargo.lock belongs to the repository");
}
