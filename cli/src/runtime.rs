//! `wasmc runtime`

use crate::args::RuntimeArgs;
use crate::failure::Failure;
use crate::output::Destination;
use std::path::{Path, PathBuf};
use wasmc_compiler::{Artifact, Emit, ObjectFormat, Target, runtime_archive, system_stub};

/// What linkers find with `-lwasmc_runtime`.
fn name(target: Target) -> &'static str {
    match target.object_format() {
        ObjectFormat::Elf | ObjectFormat::MachO => "libwasmc_runtime.a",
        ObjectFormat::Coff => "wasmc_runtime.lib",
    }
}

/// Writes the runtime library of a target, or the stub that stands for the system's.
pub(crate) fn runtime(args: &RuntimeArgs) -> Result<(), Failure> {
    let (name, bytes) = if args.stub {
        let stub = system_stub(args.target).map_err(|error| Failure::environment(error.to_string()))?;
        let (name, text) =
            stub.ok_or_else(|| Failure::usage(format!("a program for {} is linked without a stub", args.target.name)))?;
        (name, text.into_bytes())
    } else {
        let archive = runtime_archive(args.target).map_err(|error| Failure::environment(error.to_string()))?;
        (name(args.target), archive.to_vec())
    };
    let output = args.output.clone().unwrap_or_else(|| PathBuf::from(name));
    // It has no input that it could overwrite.
    let destination = Destination::choose(Path::new("-"), Some(&output), Emit::Object, args.target)?;
    destination.write(&Artifact { bytes, executable: false, text: None })
}
