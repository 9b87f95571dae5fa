//! Who may use what.

use crate::source::{files, lines, none, read, rust};
use std::path::Path;

/// A line that names a crate of Cranelift other than its entity lists, which every stage uses for index spaces.
fn names_cranelift(line: &str) -> bool {
    line.replace("cranelift_entity", "").to_lowercase().contains("cranelift")
}

#[test]
fn only_codegen_uses_cranelift() {
    let breaches = lines(&rust("compiler/src"), |path, line| {
        let codegen = Path::new("compiler/src/codegen");
        let is_use = line.contains("cranelift_codegen") || line.contains("cranelift_frontend");
        !path.starts_with(codegen) && is_use
    });
    none(breaches, "Emit through `lower::builder::Builder`; only `codegen/cranelift/` implements it with Cranelift.");
}

#[test]
fn early_stages_do_not_know_the_code_generator() {
    let mut breaches = Vec::new();
    for stage in ["module", "parse", "analyze", "lower"] {
        let sources = rust(&format!("compiler/src/{stage}"));
        breaches.extend(lines(&sources, |_, line| names_cranelift(line) || line.contains("crate::codegen")));
    }
    none(
        breaches,
        "A second back end must need no change here. Say it through `Builder`, in our own operator enums, or decide it in \
         `analyze/` without naming who generates the code.",
    );
}

#[test]
fn stages_look_back_and_not_ahead() {
    // A stage may use those before it; `options` and `error` are everybody's.
    const STAGES: [&str; 6] = ["parse", "analyze", "lower", "codegen", "object", "link"];
    let mut breaches = Vec::new();
    for (position, stage) in STAGES.iter().enumerate() {
        let sources = rust(&format!("compiler/src/{stage}"));
        for later in &STAGES[position + 1..] {
            breaches.extend(lines(&sources, |_, line| line.contains(&format!("crate::{later}"))));
        }
    }
    none(
        breaches,
        "A stage takes what the stages before it give. Move what both need into `module/` or the earlier stage.",
    );
}

#[test]
fn crates_depend_in_one_direction() {
    // cli → compiler → runtime: none of them names one to its left, and nobody depends on the tests.
    let forbidden = [
        ("compiler/Cargo.toml", &["wasmc ", "wasmc.", "wasmc-tests", "wasmc-guests", "wasmc-snapshots"][..]),
        ("runtime-lib/Cargo.toml", &["wasmc ", "wasmc.", "wasmc-compiler", "wasmc-tests", "wasmc-guests"][..]),
        ("cli/Cargo.toml", &["wasmc-runtime", "wasmc-tests", "wasmc-guests", "cranelift"][..]),
    ];
    let mut breaches = Vec::new();
    for (manifest, names) in forbidden {
        let text = read(Path::new(manifest));
        assert!(text.contains("dependencies]"), "{manifest} has no dependencies: tell this test where they are");
        for line in text.lines() {
            if names.iter().any(|name| line.starts_with(name)) {
                breaches.push(format!("{manifest}: {line}"));
            }
        }
    }
    none(breaches, "Dependencies point one way: cli → compiler → the runtime's `abi`.");
}

#[test]
fn the_command_line_stays_out_of_the_compiler() {
    let breaches = lines(&rust("compiler/src"), |_, line| {
        ["std::env::args", "println!", "eprintln!", "print!(", "std::process::exit"]
            .iter()
            .any(|word| line.contains(word))
    });
    none(
        breaches,
        "The library takes bytes and options and gives an artifact or an error: tell an `Observer`, or return it.",
    );
}

#[test]
fn the_compiler_uses_only_the_contract_of_the_runtime() {
    let breaches = lines(&rust("compiler/src"), |_, line| {
        let names = line.split("wasmc_runtime::").skip(1);
        names.into_iter().any(|name| !["abi", "code_map", "{"].iter().any(|contract| name.starts_with(contract)))
    });
    none(breaches, "Declare what both sides must agree on in `runtime-lib/src/abi.rs`.");
}

#[test]
fn machine_code_depends_on_nothing_that_its_key_lacks() {
    // What `compiler/src/codegen/cache/key.rs` leaves out, and who may read it nevertheless: the body and the hints of the
    // function in hand are in its key, and code for instantiation is not kept.
    const LEFT_OUT: [(&str, &[&str]); 11] = [
        ("module.bytes", &["function.rs", "debug.rs"]),
        ("module.bodies", &[]),
        (".body(", &["function.rs", "debug.rs"]),
        ("module.names", &[]),
        (".branch_hints", &["function.rs"]),
        (".custom_sections", &[]),
        (".sections", &[]),
        (".unchecked_frames", &["function.rs"]),
        (".initial", &["instantiate.rs"]),
        (".image", &[]),
        ("module.data", &["instantiate.rs", "memory.rs"]),
    ];
    let mut breaches = Vec::new();
    for folder in ["compiler/src/lower", "compiler/src/codegen/cranelift"] {
        breaches.extend(lines(&rust(folder), |path, line| {
            let may_not = |readers: &[&str]| readers.iter().all(|reader| !path.ends_with(reader));
            LEFT_OUT.iter().any(|(field, readers)| line.contains(field) && may_not(readers))
        }));
    }
    none(
        breaches,
        "Machine code is kept from one build to the next. Add what lowering depends on to the key of the function, in \
         `compiler/src/codegen/cache/key.rs`, and then its reader here.",
    );
}

#[test]
fn every_crate_has_the_lints() {
    let manifests = files().into_iter().filter(|path| path.ends_with("Cargo.toml"));
    // The guests' own manifests are of other workspaces.
    let members =
        manifests.filter(|path| !path.starts_with("tests/guests/sources") && path.as_os_str() != "Cargo.toml");
    let without = members.filter(|path| !read(path).contains("[lints]\nworkspace = true"));
    none(
        without.map(|path| path.display().to_string()).collect(),
        "Add `[lints]` with `workspace = true` to the manifest.",
    );
}
