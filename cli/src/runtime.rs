//! `wasmc runtime`

use crate::args::RuntimeArgs;
use crate::failure::Failure;
use crate::output::Destination;
use std::path::{Path, PathBuf};
use wasmc_compiler::{Artifact, Emit, runtime_archive};

/// What linkers find with `-lwasmc_runtime`.
const NAME: &str = "libwasmc_runtime.a";

/// Writes the runtime library of a target.
pub(crate) fn runtime(args: &RuntimeArgs) -> Result<(), Failure> {
    let archive = runtime_archive(args.target).map_err(|error| Failure::environment(error.to_string()))?;
    let bytes = archive.to_vec();
    let output = args.output.clone().unwrap_or_else(|| PathBuf::from(NAME));
    // It has no input that it could overwrite.
    let destination = Destination::choose(Path::new("-"), Some(&output), Emit::Object)?;
    destination.write(&Artifact { bytes, executable: false })
}
