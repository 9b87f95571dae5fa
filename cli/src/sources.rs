//! What says where a module comes from: files that it names, and for those that name none their text, for debuggers to show.

use crate::atomic;
use crate::failure::Failure;
use crate::input;
use crate::output::Destination;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use wasmc_compiler::{FIRST_LINE_OF_TEXT, Sources, is_binary, named_files};

/// The files that the module at `input`, which is `bytes`, names, as far as they lie beside it. It may name what it likes: of a path or
/// an address, only the last part counts.
pub(crate) fn of(input: &Path, bytes: &[u8]) -> Sources {
    let directory = input.parent().filter(|_| is_binary(bytes) && !input::is_stdin(input));
    let read = |named: Option<String>| {
        let name = named?.rsplit(['/', '\\']).next()?.to_owned();
        let is_plain = !name.is_empty() && name != ".." && !name.contains('\0');
        let path = directory?.join(&name);
        (is_plain && path.is_file()).then(|| fs::read(path).ok()).flatten()
    };
    let [debug_module, source_map] = named_files(bytes).map(read);
    Sources { text_path: None, debug_module, source_map }
}

/// Where debuggers are to find the text of the module at `input`, which is `bytes`: there, if it is text, and else beside the
/// output, as `app.wat` for `app`.
pub(crate) fn text_path(input: &Path, bytes: &[u8], destination: &Destination) -> Option<PathBuf> {
    match destination {
        _ if !is_binary(bytes) && !input::is_stdin(input) => Some(input.to_owned()),
        Destination::File(output) if is_binary(bytes) => Some(output.with_extension("wat")),
        _ => None,
    }
}

/// Writes the text, unless something else is there: somebody may have written it.
pub(crate) fn write_text(path: &Path, text: &str) -> Result<(), Failure> {
    if is_foreign(path) {
        return Err(Failure::environment(format!(
            "`{}` is in the way of the text that debuggers show",
            path.display()
        ))
        .hint("wasmc has not written it: give the output another name (-o), or build without -g"));
    }
    atomic::write(path, text.as_bytes(), 0o644).map_err(|error| Failure::io("write", path, &error))
}

fn is_foreign(path: &Path) -> bool {
    let mut start = [0; FIRST_LINE_OF_TEXT.len()];
    match File::open(path) {
        Ok(mut file) => file.read_exact(&mut start).is_err() || start != *FIRST_LINE_OF_TEXT.as_bytes(),
        Err(error) => error.kind() != ErrorKind::NotFound,
    }
}
