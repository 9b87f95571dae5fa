//! Linkers that are programs of their own: which one, and how it is run.

use crate::error::Error;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A linker of LLVM's.
pub(super) struct Linker {
    /// The program, and what tells it which linker to be.
    words: Vec<String>,
}

impl Linker {
    /// Finds one: `given`; else the `rust-lld` in the sysroot of the `rustc` on the path, with its `flavor`; else one of the
    /// programs `names` on the path.
    ///
    /// # Errors
    /// [`Error::Environment`] when there is none.
    pub(super) fn find(given: Option<&Path>, flavor: &str, names: &[&str]) -> Result<Linker, Error> {
        let plain = |path: PathBuf| Linker { words: vec![path.to_string_lossy().into_owned()] };
        if let Some(path) = given {
            let is_rust_lld = path.file_stem().is_some_and(|stem| stem == "rust-lld" || stem == "lld");
            return Ok(if is_rust_lld { with_flavor(path, flavor) } else { plain(path.to_owned()) });
        }
        if let Some(path) = rust_lld() {
            return Ok(with_flavor(&path, flavor));
        }
        names.iter().find_map(|name| on_path(name)).map(plain).ok_or_else(|| {
            Error::environment(format!(
                "there is no linker for this target: install Rust (rust-lld comes with it) or LLVM's lld ({}), or name one \
                 with `--linker PATH`; `--emit obj` needs none",
                names.join(" or ")
            ))
        })
    }

    /// The command that links with `arguments`.
    pub(super) fn command(&self, arguments: impl IntoIterator<Item = String>) -> Vec<String> {
        self.words.iter().cloned().chain(arguments).collect()
    }

    /// Links `files`, which have names in the command, with a command of this linker; gives what it writes to `output`.
    ///
    /// # Errors
    /// As [`Linker::run`].
    pub(super) fn link(&self, command: &[String], files: &[(&str, &[u8])], output: &str) -> Result<Vec<u8>, Error> {
        let failed = |error: std::io::Error| Error::environment(format!("cannot write temporary files: {error}"));
        let folder = tempfile::tempdir().map_err(failed)?;
        for (name, bytes) in files {
            fs::write(folder.path().join(name), bytes).map_err(failed)?;
        }
        self.run(command, folder.path())?;
        fs::read(folder.path().join(output))
            .map_err(|error| Error::bug("the linker", format!("it wrote nothing: {error}")))
    }

    /// Runs a command of this linker in `folder`.
    ///
    /// # Errors
    /// [`Error::Environment`] when it cannot be started, [`Error::Bug`] with its words when it fails.
    fn run(&self, command: &[String], folder: &Path) -> Result<(), Error> {
        let (program, arguments) = command.split_first().ok_or_else(|| Error::bug("the linker", "it has no name"))?;
        // Variables that linkers read are not meant for this link.
        let output = Command::new(program).args(arguments).current_dir(folder).env_remove("LINK").output();
        let output = output.map_err(|error| Error::environment(format!("cannot run the linker {program}: {error}")))?;
        if output.status.success() {
            return Ok(());
        }
        let words = [output.stdout, output.stderr].concat();
        Err(Error::bug("the linker", String::from_utf8_lossy(&words).trim()))
    }
}

fn with_flavor(path: &Path, flavor: &str) -> Linker {
    Linker { words: [&path.to_string_lossy(), "-flavor", flavor].map(str::to_owned).to_vec() }
}

/// The program of a name on the path.
fn on_path(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// The `rust-lld` of the toolchain whose `rustc` is on the path.
fn rust_lld() -> Option<PathBuf> {
    let output = Command::new(on_path("rustc")?).args(["--print", "sysroot"]).output().ok()?;
    let sysroot = String::from_utf8(output.stdout).ok()?;
    let platforms = fs::read_dir(Path::new(sysroot.trim()).join("lib/rustlib")).ok()?;
    let name = format!("bin/rust-lld{}", env::consts::EXE_SUFFIX);
    let mut found: Vec<PathBuf> =
        platforms.flatten().map(|platform| platform.path().join(&name)).filter(|file| file.is_file()).collect();
    found.sort();
    found.into_iter().next()
}
