//! Holds every module against the list of extensions that it is said to need: no fewer and no more.

use wasmc_guests::{Error, Guest};
use wasmparser::{Validator, WasmFeatures};

/// What a compiler may emit by default, by the names of the proposals. A guest must need nothing beyond.
const EXTENSIONS: [(&str, WasmFeatures); 8] = [
    ("bulk-memory", WasmFeatures::BULK_MEMORY),
    ("extended-const", WasmFeatures::EXTENDED_CONST),
    ("multi-value", WasmFeatures::MULTI_VALUE),
    ("mutable-global", WasmFeatures::MUTABLE_GLOBAL),
    ("reference-types", WasmFeatures::REFERENCE_TYPES),
    ("saturating-float-to-int", WasmFeatures::SATURATING_FLOAT_TO_INT),
    ("sign-extension", WasmFeatures::SIGN_EXTENSION),
    ("simd", WasmFeatures::SIMD),
];

fn is_valid(module: &[u8], features: WasmFeatures) -> bool {
    Validator::new_with_features(features).validate_all(module).is_ok()
}

fn needed(module: &[u8]) -> Vec<&'static str> {
    // WebAssembly 1.0 with floating point; `GC_TYPES` only lets the validator represent references at all.
    let base = WasmFeatures::FLOATS | WasmFeatures::GC_TYPES;
    let all = EXTENSIONS.iter().fold(base, |features, (_, feature)| features | *feature);
    assert!(is_valid(module, all), "needs more than the extensions listed here");
    EXTENSIONS.iter().filter(|(_, feature)| !is_valid(module, all - *feature)).map(|(name, _)| *name).collect()
}

#[test]
fn the_listed_features_are_the_needed_ones() {
    let mut wrong = Vec::new();
    for guest in Guest::ALL {
        match guest.wasm() {
            Ok(path) => {
                let needed = needed(&std::fs::read(path).expect("it was just built"));
                if needed != guest.features() {
                    wrong.push(format!("{} needs {needed:?}", guest.name()));
                }
            }
            Err(Error::Missing(missing)) => eprintln!("{}: not run: needs {missing}", guest.name()),
            Err(error) => panic!("{}: {error}", guest.name()),
        }
    }
    assert!(wrong.is_empty(), "correct `Guest::features`:\n{}", wrong.join("\n"));
}
