//! What may fail: `expected-failures.txt`.
//!
//! ```text
//! gc/array.wast: all: garbage collection
//! wasm-v3/select.wast: 334 347-352: garbage collection
//! ```
//! Between the colons stand the lines of the directives that fail, or `all` for a script that is
//! about nothing else. A list that is too long is as wrong as one that is too short.

use crate::scripts::Script;
use libtest_mimic::Failed;
use std::collections::{BTreeMap, BTreeSet};

/// The list, by the name of the script.
pub struct ExpectedFailures {
    scripts: BTreeMap<String, Lines>,
}

enum Lines {
    All,
    These(BTreeSet<usize>),
}

impl ExpectedFailures {
    /// Reads the list.
    ///
    /// # Errors
    /// A line that cannot be understood.
    pub fn read() -> Result<ExpectedFailures, String> {
        let mut scripts = BTreeMap::new();
        let text = include_str!("expected-failures.txt");
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let parts: Vec<&str> = line.splitn(3, ": ").collect();
            let [script, lines, _reason] = parts[..] else {
                return Err(format!("expected-failures.txt: expected `SCRIPT: LINES: REASON`, found `{line}`"));
            };
            let lines = if lines == "all" { Some(Lines::All) } else { read_lines(lines) };
            let lines = lines.ok_or_else(|| format!("expected-failures.txt: no line numbers in `{line}`"))?;
            scripts.insert(script.to_owned(), lines);
        }
        Ok(ExpectedFailures { scripts })
    }

    /// Compares the failures of a script, a line and a message each, with those that are expected.
    ///
    /// # Errors
    /// Each failure that is not expected, and each expected one that is none any more.
    pub fn compare(&self, script: &Script, failures: &[(usize, String)]) -> Result<(), Failed> {
        let mut differences = Vec::new();
        let failed: BTreeSet<usize> = failures.iter().map(|(line, _)| *line).collect();
        let nothing = Lines::These(BTreeSet::new());
        match script.paths.iter().find_map(|path| self.scripts.get(path)).unwrap_or(&nothing) {
            Lines::All if failed.is_empty() => {
                differences.push("nothing fails any more: remove it from expected-failures.txt".to_owned());
            }
            Lines::All => {}
            Lines::These(expected) => {
                let unexpected = failures.iter().filter(|(line, _)| !expected.contains(line));
                differences.extend(unexpected.map(|(_, message)| message.clone()));
                let fixed = expected.difference(&failed);
                differences.extend(fixed.map(|line| format!("{line}: passes: remove it from expected-failures.txt")));
            }
        }
        if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
    }
}

/// `3 7-9` as 3, 7, 8 and 9.
fn read_lines(text: &str) -> Option<Lines> {
    let mut lines = BTreeSet::new();
    for part in text.split(' ') {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        lines.extend(first.parse::<usize>().ok()?..=last.parse().ok()?);
    }
    Some(Lines::These(lines))
}
