//! Which scripts to run.

use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};

/// The scripts that `inputs` name, in order; those below a directory sorted by path.
pub(super) fn find(inputs: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut scripts = Vec::new();
    for input in inputs {
        let before = scripts.len();
        if input.is_dir() {
            collect(input, &mut scripts)?;
            if scripts.len() == before {
                return Err(Failure::environment(format!("there are no .wast files below `{}`", input.display())));
            }
        } else {
            scripts.push(input.clone());
        }
    }
    Ok(scripts)
}

fn collect(directory: &Path, scripts: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let cannot_read = |error| Failure::io("read", directory, &error);
    let mut entries: Vec<PathBuf> = fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect())
        .map_err(cannot_read)?;
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            collect(&entry, scripts)?;
        } else if entry.extension().is_some_and(|extension| extension == "wast") {
            scripts.push(entry);
        }
    }
    Ok(())
}
