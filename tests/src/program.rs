//! From a module to an executable in a directory of its own.

use crate::links::with_links;
use crate::process::{Ended, Limits, run};
use crate::target::{Runner, processor_with_vectors, target_of};
use std::fs::{self, Permissions};
use std::io::{self, ErrorKind::NotFound};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use wasmc_compiler::{Cpu, Error, OperatingSystem, Options, Silent};

/// An executable, and the directory it runs in. Both are gone when it is dropped.
pub struct Program {
    directory: TempDir,
    runner: Runner,
}

/// Compiles a module; `name` is what its messages call it. Where the baseline lacks what it needs, for a processor that has
/// vectors.
///
/// # Errors
/// When it does not compile.
pub fn build(input: &[u8], name: &str, options: &Options) -> Result<Vec<u8>, Error> {
    let with_vectors = Options { cpu: processor_with_vectors(options.target), ..options.clone() };
    let built = match wasmc_compiler::build(input, name, options, &Silent) {
        Err(Error::Unsupported(_)) if options.cpu == Cpu::default() && with_vectors.cpu != options.cpu => {
            wasmc_compiler::build(input, name, &with_vectors, &Silent)
        }
        other => other,
    };
    built.map(|artifact| artifact.bytes)
}

impl Program {
    /// Puts an executable into a new directory.
    ///
    /// # Errors
    /// Those of the file system; or it is for another processor, and what runs such programs is not installed.
    pub fn new(executable: &[u8]) -> io::Result<Program> {
        Program::put(executable, |executable, _| Ok(executable.to_vec()))
    }

    /// The same for a program that has to do with symbolic links, which Wine does not make: there, it runs with a library
    /// that does.
    ///
    /// # Errors
    /// Likewise; or the library cannot be made.
    pub fn with_links(executable: &[u8]) -> io::Result<Program> {
        match target_of(executable).map(|target| target.system) {
            Some(OperatingSystem::Windows) => Program::put(executable, with_links),
            _ => Program::new(executable),
        }
    }

    fn put(executable: &[u8], change: impl FnOnce(&[u8], &Path) -> io::Result<Vec<u8>>) -> io::Result<Program> {
        let runner = Runner::of_executable(executable).map_err(|missing| io::Error::new(NotFound, missing))?;
        let directory = tempfile::tempdir()?;
        fs::create_dir(directory.path().join("work"))?;
        let program = Program { directory, runner };
        fs::write(program.path(), change(executable, program.directory.path())?)?;
        fs::set_permissions(program.path(), Permissions::from_mode(0o755))?;
        Ok(program)
    }

    /// The executable.
    pub fn path(&self) -> PathBuf {
        self.directory.path().join("program")
    }

    /// The directory it runs in: empty at first.
    pub fn work(&self) -> PathBuf {
        self.directory.path().join("work")
    }

    /// Writes a file, and the directories on the way to it, below the working directory.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&self, path: impl AsRef<Path>, contents: &[u8]) -> io::Result<()> {
        let path = self.work().join(path);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, contents)
    }

    /// A command that starts it under the name `program`, with an empty environment.
    pub fn command(&self) -> Command {
        let mut command = self.runner.command(&self.path(), "program");
        command.current_dir(self.work());
        command
    }

    /// What it wrote, with the name that it was started under. Some runners start programs under their whole path.
    pub fn with_plain_name(&self, output: Vec<u8>) -> Vec<u8> {
        match self.runner {
            Runner::Kernel | Runner::Qemu(..) => output,
            Runner::Wine(_) => {
                let path = format!("Z:{}", self.path().display()).replace('/', "\\");
                String::from_utf8_lossy(&output).replace(&path, "program").into_bytes()
            }
            Runner::Macos(_) => {
                let path = self.path().display().to_string();
                String::from_utf8_lossy(&output).replace(&path, "program").into_bytes()
            }
        }
    }

    /// Runs it.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self, arguments: &[&str]) -> io::Result<Ended> {
        let mut command = self.command();
        command.args(arguments);
        run(command, &[], Limits::SMALL)
    }
}
