//! Everything the compiler emits for a case, in the order in which it comes about.

use crate::case::Case;
use crate::mode::Mode;
use crate::object_listing;
use libtest_mimic::Failed;
use std::num::NonZeroUsize;
use wasmc_compiler::{Emit, Options, Silent, build};

/// IR before and after optimisation, assembly, and what is in the object.
pub fn describe(case: &Case, mode: Mode) -> Result<String, Failed> {
    let object = emit(case, mode, Emit::Object, 1)?;
    if object != emit(case, mode, Emit::Object, 3)? {
        return Err("the object depends on the number of jobs".into());
    }
    let sections = [
        ("IR as lowered", emit_text(case, mode, Emit::Clif)?),
        ("IR as optimised", emit_text(case, mode, Emit::OptimizedClif)?),
        ("assembly", emit_text(case, mode, Emit::Assembly)?),
        ("object", object_listing::describe(&object)?),
    ];
    let mut out = String::new();
    for (title, text) in sections {
        out.push_str(&format!(";; ---- {title} ----\n\n{}\n\n", text.trim_end()));
    }
    Ok(out)
}

fn emit_text(case: &Case, mode: Mode, emitted: Emit) -> Result<String, Failed> {
    Ok(String::from_utf8(emit(case, mode, emitted, 1)?)?)
}

fn emit(case: &Case, mode: Mode, emit: Emit, jobs: usize) -> Result<Vec<u8>, Failed> {
    let options = Options { emit, jobs: NonZeroUsize::new(jobs), ..options(case) };
    let artifact = build(case.text.as_bytes(), &case.name, &mode.apply(options), &Silent)?;
    Ok(artifact.bytes)
}

/// What the directives ask for, whatever the mode.
pub fn options(case: &Case) -> Options {
    Options {
        invoke: case.directives.invoke.clone(),
        stub_imports: case.directives.stub_imports,
        cpu: case.directives.cpu.clone(),
        ..Options::default()
    }
}
