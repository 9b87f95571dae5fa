//! The programs that the bench needs: wasmc, C compilers, wasmtime; and where it keeps what it makes.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use wasmc_guests::{Error, Missing, Run};

use crate::command::output;

/// The folder of this crate.
pub(crate) fn benches() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the workspace.
pub(crate) fn workspace() -> &'static Path {
    benches().parent().unwrap_or(benches())
}

/// A path in the folder of everything that the bench makes.
pub(crate) fn scratch(name: &str) -> Result<PathBuf, Error> {
    let folder = workspace().join("target/bench");
    fs::create_dir_all(&folder)?;
    Ok(folder.join(name))
}

/// A module that `fetch.sh` downloads.
pub(crate) fn input(name: &str) -> Result<PathBuf, Error> {
    let path = workspace().join("target/bench-inputs").join(name);
    if !path.is_file() {
        return Err(Missing { tool: "the large modules", install: "benches/fetch.sh (npm)" }.into());
    }
    Ok(path)
}

/// The `wasmc` that is measured.
static WASMC: OnceLock<PathBuf> = OnceLock::new();

/// Decides which `wasmc` is measured: the one given, or else one that is built now, as a user would.
pub(crate) fn choose_wasmc(given: Option<&Path>) -> Result<(), Error> {
    let path = match given {
        Some(given) => {
            fs::canonicalize(given).map_err(|error| Error::Failed(format!("{}: {error}", given.display())))?
        }
        None => build_wasmc()?,
    };
    WASMC.get_or_init(|| path);
    Ok(())
}

fn build_wasmc() -> Result<PathBuf, Error> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status =
        Command::new(cargo).args(["build", "--release", "--quiet", "-p", "wasmc"]).current_dir(workspace()).status()?;
    if !status.success() {
        return Err(Error::Failed("wasmc cannot be built".to_owned()));
    }
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), PathBuf::from);
    Ok(workspace().join(target).join("release/wasmc"))
}

/// The command `wasmc`.
pub(crate) fn wasmc() -> Command {
    let mut command = Command::new(WASMC.get().map_or(Path::new("wasmc"), PathBuf::as_path));
    // Not the user's.
    command.env("XDG_CACHE_HOME", workspace().join("target/bench/cache"));
    command
}

/// Makes an executable of `module` with the default flags and those in `flags`.
pub(crate) fn build(module: &Path, flags: &[String], name: &str) -> Result<PathBuf, Error> {
    let executable = scratch(name)?;
    output(wasmc().args(["build", "--quiet"]).arg(module).args(flags).arg("-o").arg(&executable))?;
    Ok(executable)
}

/// A copy of an executable without its symbols.
pub(crate) fn stripped(executable: &Path) -> Result<PathBuf, Error> {
    let result = executable.with_extension("stripped");
    let mut command = Command::new("strip");
    command.arg(executable).arg("-o").arg(&result);
    match command.status() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            Err(Missing { tool: "strip", install: "apt-get install binutils" }.into())
        }
        Ok(status) if status.success() => Ok(result),
        ended => Err(Error::Failed(format!("{command:?}: {ended:?}"))),
    }
}

/// Compiles one of our C files for this machine with GCC.
pub(crate) fn gcc(source: &str, flags: &[&str], name: &str) -> Result<PathBuf, Error> {
    compile_c("gcc", Missing { tool: "gcc", install: "apt-get install gcc libc6-dev" }, source, flags, name)
}

/// Compiles one of our C files with the clang of the guests.
pub(crate) fn clang(source: &str, flags: &[&str], name: &str) -> Result<PathBuf, Error> {
    let missing = Missing { tool: "clang-19 for WASI", install: "tests/guests/install.sh" };
    compile_c("clang-19", missing, source, flags, name)
}

fn compile_c(compiler: &str, missing: Missing, source: &str, flags: &[&str], name: &str) -> Result<PathBuf, Error> {
    let result = scratch(name)?;
    let mut command = Command::new(compiler);
    command.args(["-O2", "-Wall"]).args(flags).arg(benches().join("c").join(source)).arg("-o").arg(&result);
    match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(missing.into()),
        Err(error) => Err(error.into()),
        Ok(output) if output.status.success() => Ok(result),
        Ok(output) => Err(Error::Failed(format!("{command:?}\n{}", String::from_utf8_lossy(&output.stderr)))),
    }
}

/// One of our Python scripts, with wasmtime at hand: in the interpreter that the guests are checked with.
pub(crate) fn wasmtime(script: &str) -> Result<Command, Error> {
    let reference = wasmc_guests::wasmtime()?;
    let mut command = Command::new(reference.get_program());
    command.envs(reference.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.arg(benches().join("python").join(script));
    Ok(command)
}

/// The size of a file in bytes.
pub(crate) fn file_size(path: &Path) -> Result<u64, Error> {
    let metadata = fs::metadata(path).map_err(|error| Error::Failed(format!("{}: {error}", path.display())))?;
    Ok(metadata.len())
}

/// A command that runs a module under V8 with everything compiled by its optimising compiler beforehand.
pub(crate) fn v8() -> Result<Command, Error> {
    const FLAGS: [&str; 4] = ["--no-warnings", "--no-liftoff", "--no-wasm-lazy-compilation", "--no-concurrent-marking"];
    let path = env::var_os("PATH").unwrap_or_default();
    let node = env::split_paths(&path).map(|folder| folder.join("node")).find(|node| node.is_file());
    let missing = Missing { tool: "node, for V8", install: "apt-get install nodejs" };
    let mut command = Command::new(node.ok_or(missing)?);
    command.args(FLAGS).arg(benches().join("node/run_module.mjs"));
    Ok(command)
}

/// The grants of a run, as all engines take them.
pub(crate) fn grants(run: &Run, root: &Path) -> Vec<String> {
    let directories = run.grants(root).into_iter().flat_map(|grant| ["--dir".to_owned(), grant]);
    let variables = run.env.iter().flat_map(|(name, value)| ["--env".to_owned(), format!("{name}={value}")]);
    directories.chain(variables).collect()
}
