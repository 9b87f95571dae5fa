//! A directory for one test, and `wasmc` to run in it.

use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A module that exits with the number in the text.
pub(crate) fn exits_with(status: u32) -> String {
    format!(
        r#"(module
             (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
             (memory (export "memory") 1)
             (func (export "_start") (call $exit (i32.const {status}))))"#
    )
}

/// An empty directory that exists for the length of a test.
pub(crate) struct Sandbox {
    directory: tempfile::TempDir,
}

/// How a process ended and what it wrote.
pub(crate) struct Outcome {
    /// The exit status, or 128 and the number of the signal, as a shell has it.
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Sandbox {
    pub(crate) fn new() -> Sandbox {
        let directory = tempfile::tempdir().expect("a temporary directory");
        fs::create_dir(directory.path().join("work")).expect("a directory to work in");
        Sandbox { directory }
    }

    /// A sandbox with one file.
    pub(crate) fn with(name: &str, contents: impl AsRef<[u8]>) -> Sandbox {
        let sandbox = Sandbox::new();
        sandbox.write(name, contents);
        sandbox
    }

    /// The path of a file in the working directory.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join("work").join(name)
    }

    pub(crate) fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a directory")).expect("a directory");
        fs::write(path, contents).expect("a written file");
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The names in the working directory, sorted; hidden ones too.
    pub(crate) fn names(&self) -> Vec<String> {
        names(&self.path(""))
    }

    /// The cached programs, by their paths.
    pub(crate) fn cached(&self) -> Vec<PathBuf> {
        let programs = self.cache_home().join("wasmc/programs");
        names(&programs).into_iter().map(|name| programs.join(name)).collect()
    }

    /// What `XDG_CACHE_HOME` is set to.
    pub(crate) fn cache_home(&self) -> PathBuf {
        self.directory.path().join("cache")
    }

    /// `wasmc` with nothing of the tester's environment that it would react to.
    pub(crate) fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wasmc"));
        command.args(arguments).current_dir(self.path("")).stdin(Stdio::null());
        command.env_clear().env("HOME", self.directory.path()).env("XDG_CACHE_HOME", self.cache_home());
        command
    }

    /// Runs `wasmc` with the words of `line`.
    pub(crate) fn wasmc(&self, line: &str) -> Outcome {
        self.finish(&mut self.command(line.split_whitespace()))
    }

    /// Runs a command to its end.
    pub(crate) fn finish(&self, command: &mut Command) -> Outcome {
        self.outcome(command.output().expect("a process"))
    }

    /// Runs `wasmc`, which must succeed.
    #[track_caller]
    pub(crate) fn succeed(&self, line: &str) -> Outcome {
        let outcome = self.wasmc(line);
        assert_eq!(outcome.status, 0, "wasmc {line}\n{outcome}");
        outcome
    }

    /// Runs `wasmc`, which must end with `status`.
    #[track_caller]
    pub(crate) fn fail(&self, line: &str, status: i32) -> Outcome {
        let outcome = self.wasmc(line);
        assert_eq!(outcome.status, status, "wasmc {line}\n{outcome}");
        outcome
    }

    fn outcome(&self, output: Output) -> Outcome {
        let text = |bytes: Vec<u8>| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            text.replace(&self.directory.path().display().to_string(), "<sandbox>")
        };
        Outcome {
            status: output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or_default()),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "status {}", self.status)?;
        if !self.stdout.is_empty() {
            writeln!(f, "--- stdout\n{}", self.stdout.trim_end())?;
        }
        if !self.stderr.is_empty() {
            writeln!(f, "--- stderr\n{}", self.stderr.trim_end())?;
        }
        Ok(())
    }
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().display().to_string()).collect();
    names.sort();
    names
}
