//! `wasmc runtime`

use crate::args::RuntimeArgs;
use crate::failure::Failure;
use crate::output::Destination;
use std::path::{Path, PathBuf};
use wasmc_compiler::{Artifact, Emit, ObjectFormat, Target, runtime_archive};

/// What linkers find with `-lwasmc_runtime`.
fn name(target: Target) -> &'static str {
    match target.object_format() {
        ObjectFormat::Elf => "libwasmc_runtime.a",
        ObjectFormat::Coff => "wasmc_runtime.lib",
    }
}

/// Writes the runtime library of a target.
pub(crate) fn runtime(args: &RuntimeArgs) -> Result<(), Failure> {
    let archive = runtime_archive(args.target).map_err(|error| Failure::environment(error.to_string()))?;
    let bytes = archive.to_vec();
    let output = args.output.clone().unwrap_or_else(|| PathBuf::from(name(args.target)));
    // It has no input that it could overwrite.
    let destination = Destination::choose(Path::new("-"), Some(&output), Emit::Object, args.target)?;
    destination.write(&Artifact { bytes, executable: false })
}
