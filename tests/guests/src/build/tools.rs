//! Where the tools are, and how to say that one is missing.

use std::env;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use crate::{Error, Missing};

/// The command that installs every tool.
pub(crate) const INSTALL: &str = "tests/guests/install.sh";

/// The folder of this crate.
pub(crate) fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the programs' sources.
pub(crate) fn sources() -> PathBuf {
    crate_folder().join("sources")
}

/// The workspace's `target` folder. `CARGO_TARGET_DIR` is not heeded: guests and tools are the same for every build.
pub(crate) fn target() -> PathBuf {
    // Not by `..`, which leads elsewhere if the crate's folder is a link.
    crate_folder().ancestors().nth(2).unwrap_or(crate_folder()).join("target")
}

/// The folder of the packages that pip installed.
pub(crate) fn python_packages() -> PathBuf {
    target().join("guest-tools/python")
}

/// The folder of the packages that npm installed.
pub(crate) fn node_modules() -> PathBuf {
    target().join("guest-tools/node/node_modules")
}

/// Finds a program on the path.
pub(crate) fn program(name: &str, missing: Missing) -> Result<PathBuf, Missing> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file()).ok_or(missing)
}

/// Returns the path if there is a file, and otherwise says that it is missing.
pub(crate) fn existing(path: PathBuf, missing: Missing) -> Result<PathBuf, Missing> {
    if path.is_file() { Ok(path) } else { Err(missing) }
}

/// Identifies one version of a tool without starting it: another version has another size or time.
pub(crate) fn hash_tool(tool: &Path, hasher: &mut impl Hasher) {
    tool.hash(hasher);
    if let Ok(metadata) = fs::metadata(tool) {
        metadata.len().hash(hasher);
        let since = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        since.hash(hasher);
    }
}

/// Runs a command to its end, for its effect or its output; what it printed becomes the message if it fails.
pub(crate) fn run(command: &mut Command) -> Result<Vec<u8>, Error> {
    let output = command.output().map_err(|error| Error::Failed(format!("{command:?}: {error}")))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    Err(Error::Failed(format!("{command:?} ended with {}\n{stdout}{stderr}", output.status)))
}
