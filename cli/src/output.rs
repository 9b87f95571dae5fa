//! Where the result goes.

use crate::atomic;
use crate::failure::Failure;
use crate::input;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use wasmc_compiler::{Artifact, Emit, OperatingSystem, Target};

/// Where an artifact is written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// A file, which is replaced when it exists.
    File(PathBuf),
    /// Something that exists and is no file, such as /dev/null or a pipe: written to, never replaced.
    Special(PathBuf),
}

impl Destination {
    /// Finds out where the artifact goes, before time is spent on making it.
    pub(crate) fn choose(
        input: &Path,
        output: Option<&Path>,
        emit: Emit,
        target: Target,
    ) -> Result<Destination, Failure> {
        match output {
            Some(output) if output.as_os_str() == "-" => stdout(emit),
            Some(output) => file(input, output.to_owned()),
            None if !input::is_stdin(input) => file(input, default_name(input, emit, target)),
            None if is_text(emit) => Ok(Destination::Stdout),
            None => Err(Failure::usage("a module from standard input gives the output no name")
                .hint("name it with `-o OUT`, or write to standard output with `-o -`")),
        }
    }

    /// Writes the artifact.
    pub(crate) fn write(&self, artifact: &Artifact) -> Result<(), Failure> {
        match self {
            Destination::Stdout => write_stdout(&artifact.bytes),
            Destination::File(path) => {
                let mode = if artifact.executable { 0o755 } else { 0o644 };
                atomic::write(path, &artifact.bytes, mode).map_err(|error| Failure::io("write", path, &error))
            }
            Destination::Special(path) => OpenOptions::new()
                .write(true)
                .open(path)
                .and_then(|mut file| file.write_all(&artifact.bytes))
                .map_err(|error| Failure::io("write", path, &error)),
        }
    }
}

/// Writes `text` to standard output, without the colours where nobody wants them.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).map_err(|error| Failure::stdout(&error))
}

fn write_stdout(bytes: &[u8]) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(bytes).and_then(|()| stdout.flush()).map_err(|error| Failure::stdout(&error))
}

fn is_text(emit: Emit) -> bool {
    match emit {
        Emit::Executable | Emit::Object => false,
        Emit::Clif | Emit::OptimizedClif | Emit::Assembly => true,
    }
}

/// `app` for `dir/app.wasm`, with the extension that `emit` asks for; in the current directory, as
/// with C and Rust compilers.
fn default_name(input: &Path, emit: Emit, target: Target) -> PathBuf {
    let mut name = input.file_stem().unwrap_or_default().to_owned();
    name.push(match (emit, target.system) {
        (Emit::Executable, OperatingSystem::Windows) => ".exe",
        (Emit::Object, OperatingSystem::Windows) => ".obj",
        (Emit::Executable, _) => "",
        (Emit::Object, _) => ".o",
        (Emit::Clif | Emit::OptimizedClif, _) => ".clif",
        (Emit::Assembly, _) => ".s",
    });
    PathBuf::from(name)
}

fn stdout(emit: Emit) -> Result<Destination, Failure> {
    if !is_text(emit) && io::stdout().is_terminal() {
        return Err(Failure::usage("a program cannot be written to a terminal").hint("name a file with `-o OUT`"));
    }
    Ok(Destination::Stdout)
}

/// Looks at what is at `path` now.
fn file(input: &Path, path: PathBuf) -> Result<Destination, Failure> {
    let existing = match fs::metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return new_file(path),
        Err(error) => return Err(Failure::io("write", &path, &error)),
    };
    if existing.is_dir() {
        return Err(Failure::environment(format!("cannot write `{}`: it is a directory", path.display()))
            .hint("name the output with `-o OUT`"));
    }
    if is_input(input, &existing) {
        return Err(Failure::usage(format!("the output `{}` would overwrite the input", path.display()))
            .hint("name another with `-o OUT`"));
    }
    if !existing.is_file() {
        return Ok(Destination::Special(path));
    }
    // The file is replaced, not the symbolic link that may lead to it.
    let path = fs::canonicalize(&path).map_err(|error| Failure::io("write", &path, &error))?;
    Ok(Destination::File(path))
}

fn new_file(path: PathBuf) -> Result<Destination, Failure> {
    let names_directory = path.as_os_str().as_encoded_bytes().ends_with(b"/");
    match path.parent() {
        _ if names_directory => {
            Err(Failure::environment(format!("cannot write `{}`: there is no such directory", path.display())))
        }
        Some(parent) if parent != Path::new("") && !parent.is_dir() => Err(Failure::environment(format!(
            "cannot write `{}`: there is no directory `{}`",
            path.display(),
            parent.display()
        ))),
        _ => Ok(Destination::File(path)),
    }
}

/// Whether `existing` is the very file that is being compiled, by whatever name.
fn is_input(input: &Path, existing: &Metadata) -> bool {
    let identity = |metadata: &Metadata| (metadata.dev(), metadata.ino());
    !input::is_stdin(input)
        && existing.is_file()
        && fs::metadata(input).is_ok_and(|metadata| identity(&metadata) == identity(existing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_is_named_after_the_input() {
        let name = |input: &str, emit| default_name(Path::new(input), emit, Target::host()).display().to_string();
        assert_eq!(name("dir/app.wasm", Emit::Executable), "app");
        assert_eq!(name("app.wat", Emit::Object), "app.o");
        assert_eq!(name("app.min.wasm", Emit::Clif), "app.min.clif");
        assert_eq!(name("app", Emit::Assembly), "app.s");
        let windows = Target::from_name("x86_64-windows").expect("a target");
        assert_eq!(default_name(Path::new("app.wasm"), Emit::Executable, windows), Path::new("app.exe"));
    }

    #[test]
    fn standard_input_needs_a_name_unless_the_output_is_text() {
        let choose = |emit| Destination::choose(Path::new("-"), None, emit, Target::host());
        assert!(choose(Emit::Executable).is_err());
        assert_eq!(choose(Emit::Assembly).expect("text"), Destination::Stdout);
    }

    #[test]
    fn devices_are_not_replaced() {
        let chosen =
            Destination::choose(Path::new("a.wat"), Some(Path::new("/dev/null")), Emit::Executable, Target::host());
        assert_eq!(chosen.expect("writable"), Destination::Special(PathBuf::from("/dev/null")));
    }
}
