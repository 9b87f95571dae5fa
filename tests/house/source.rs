//! The source files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("/"))
}

/// Every file that belongs to the repository, by its path from the root, sorted.
pub fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(root(), &mut files);
    assert!(files.len() > 100, "only {} files: is this the repository?", files.len());
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    /// What is built, what git keeps, what fuzzing finds, and what a failed snapshot leaves for review.
    const IGNORED: [&str; 5] = ["target", ".git", "node_modules", "corpus", "artifacts"];
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())).flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if IGNORED.iter().any(|ignored| name == *ignored) || name.to_string_lossy().ends_with(".snap.new") {
            continue;
        }
        if entry.file_type().is_ok_and(|ty| ty.is_dir()) {
            collect(&path, files);
        } else if let Ok(path) = path.strip_prefix(root()) {
            files.push(path.to_owned());
        }
    }
}

/// The Rust files below `folder`, with their text.
pub fn rust(folder: &str) -> Vec<(PathBuf, String)> {
    let is_rust = |path: &PathBuf| path.starts_with(folder) && path.extension().is_some_and(|ext| ext == "rs");
    let files: Vec<_> = files().into_iter().filter(is_rust).map(|path| (path.clone(), read(&path))).collect();
    assert!(!files.is_empty(), "there are no sources in {folder}: tell this test where they are");
    files
}

/// The text of a file; bytes that are not UTF-8 are replaced.
pub fn read(path: &Path) -> String {
    let bytes = fs::read(root().join(path)).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A line without the comment at its end.
pub fn code_of(line: &str) -> &str {
    match line.find("//") {
        Some(comment) if !line[..comment].contains('"') => &line[..comment],
        _ => line,
    }
}

/// Fails with one line for each breach: where it is, and what it says.
#[track_caller]
pub fn none(breaches: Vec<String>, advice: &str) {
    assert!(breaches.is_empty(), "\n{}\n\n{advice}\n", breaches.join("\n"));
}

/// The lines of `files` whose code satisfies `is_breach`, as `path:line: text`.
pub fn lines(files: &[(PathBuf, String)], is_breach: impl Fn(&Path, &str) -> bool) -> Vec<String> {
    let mut breaches = Vec::new();
    for (path, text) in files {
        for (number, line) in (1..).zip(text.lines()) {
            if is_breach(path, code_of(line)) {
                breaches.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    breaches
}
