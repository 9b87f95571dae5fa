//! Where cargo keeps the sources of the crates whose C we compile.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

use super::tools::{run, sources};
use crate::{Error, Missing};

/// The file that fixes the versions of all crates.
pub(crate) fn lock_file() -> PathBuf {
    sources().join("Cargo.lock")
}

/// Returns the folder of a crate that `sources/Cargo.toml` names. Cargo downloads it if it has not done so before.
pub(crate) fn folder(package: &str) -> Result<PathBuf, Error> {
    const MISSING: Missing = Missing {
        tool: "the sources of the crates in tests/guests/sources/Cargo.toml",
        install: "cargo fetch --locked --manifest-path tests/guests/sources/Cargo.toml",
    };
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["metadata", "--locked", "--format-version", "1", "--manifest-path"]).arg(sources().join("Cargo.toml"));
    let output = run(&mut cargo).map_err(|_| MISSING)?;
    let metadata: Value =
        serde_json::from_slice(&output).map_err(|error| Error::Failed(format!("cargo metadata: {error}")))?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest = packages.filter(|found| found["name"] == package).find_map(|found| found["manifest_path"].as_str());
    let folder = manifest.map(PathBuf::from).and_then(|path| path.parent().map(PathBuf::from));
    folder.ok_or_else(|| Error::Failed(format!("sources/Cargo.toml does not name the crate {package}")))
}
