//! The module that the command line names.

use crate::failure::Failure;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// More than any module that can be compiled; reached by reading a device that never ends.
const LARGEST: u64 = 2 << 30;

/// Whether `path` stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// What messages call the input.
pub(crate) fn label(path: &Path) -> String {
    if is_stdin(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// What backtraces call a module that has no name of its own: `app` for `dir/app.wasm`.
pub(crate) fn module_name(path: &Path) -> String {
    match path.file_stem() {
        Some(stem) if !is_stdin(path) => stem.display().to_string(),
        _ => "module".to_owned(),
    }
}

/// Reads the whole input.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if is_stdin(path) { read_all(io::stdin().lock(), path) } else { read_all(open(path)?, path) }
}

/// Opens an input that is not standard input.
pub(crate) fn open(path: &Path) -> Result<File, Failure> {
    let file = File::open(path).map_err(|error| cannot_read(path, &error))?;
    // A directory can be opened; reading it then fails with a message about nothing in particular.
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::environment(format!("`{}` is a directory, not a module", path.display())));
    }
    Ok(file)
}

/// Reads all of `reader`, which is the input at `path`.
pub(crate) fn read_all(reader: impl Read, path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| cannot_read(path, &error))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Failure::environment(format!("{} is larger than 2 GiB", label(path))));
    }
    Ok(bytes)
}

/// Why the input cannot be read. A file of the other format beside it is probably the one meant.
pub(crate) fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    let failure = Failure::io("read", path, error);
    if error.kind() != io::ErrorKind::NotFound {
        return failure;
    }
    let relatives = ["wasm", "wat"].map(|extension| path.with_extension(extension));
    match relatives.iter().find(|relative| relative.is_file()) {
        Some(relative) => failure.hint(format!("there is `{}`", relative.display())),
        None => failure,
    }
}
