//! The `wasmc` binary, run on bad input in a directory of its own, and measured.

use crate::process::{Ended, Limits, run};
use crate::target::usual_target;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// Memory that no input may make `wasmc` use.
const MOST_MEMORY: u64 = 2 << 30;
/// Time that no input may make it take.
const MOST_TIME: Duration = Duration::from_secs(60);
/// Work on two threads: the limits then mean the same on every machine.
const JOBS: &str = "-j2";

/// When this is set, each build tells what it used.
const SHOW_USE: &str = "WASMC_SHOW_USE";

/// The exit status of `wasmc` for an error of its own (`cli/src/failure.rs`).
const BUG_STATUS: i32 = 101;

/// The built `wasmc`.
pub struct Wasmc {
    path: PathBuf,
}

/// What became of a build that was within its limits.
#[derive(Debug)]
pub enum Verdict {
    /// The executable.
    Built(Vec<u8>),
    /// The words of the error.
    Refused(String),
}

impl Wasmc {
    /// Finds the binary that `cargo` built beside this test.
    ///
    /// # Errors
    /// When it is not there, or older than its sources: then it would be another program that is tested.
    pub fn find() -> Result<Wasmc, String> {
        let test = std::env::current_exe().map_err(|error| error.to_string())?;
        // target/release/deps/hostile-0123 → target/release/wasmc
        let folder = test.ancestors().nth(2).ok_or("this test lies in no folder of cargo's")?;
        let path = folder.join("wasmc");
        let hint = "build it with `cargo build --release -p wasmc`, or test the whole workspace";
        let built = modified(&path).map_err(|_| format!("{} is not there: {hint}", path.display()))?;
        // Only `cargo build` lists the sources; `cargo test` of the workspace has just made the binary.
        let sources = fs::read_to_string(path.with_extension("d")).unwrap_or_default();
        for source in sources.split_whitespace().skip(1) {
            if modified(Path::new(source)).is_ok_and(|changed| changed > built) {
                return Err(format!("{} is older than {source}: {hint}", path.display()));
            }
        }
        Ok(Wasmc { path })
    }

    /// Builds `module` with `arguments`.
    ///
    /// # Errors
    /// When it takes too much time or memory, crashes, reports a bug of its own or leaves a file behind that is not
    /// the executable.
    pub fn build(&self, module: &[u8], arguments: &[&str]) -> Result<Verdict, String> {
        let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
        let input = directory.path().join("input.wasm");
        fs::write(&input, module).map_err(|error| error.to_string())?;
        let mut command = Command::new(&self.path);
        command.args(["build", "input.wasm", "-o", "output", "--quiet", JOBS, "--target", usual_target().name]);
        command.args(arguments);
        // What lies in the cache is not left behind.
        let cache = tempfile::tempdir().map_err(|error| error.to_string())?;
        command.current_dir(directory.path()).env("HOME", directory.path()).env("XDG_CACHE_HOME", cache.path());
        let limits = Limits { time: MOST_TIME, memory: MOST_MEMORY };
        let ended = run(command, &[], limits).map_err(|error| error.to_string())?;
        check_end(&ended)?;

        let mut left: Vec<String> = Vec::new();
        for entry in fs::read_dir(directory.path()).map_err(|error| error.to_string())?.flatten() {
            left.push(entry.file_name().display().to_string());
        }
        left.sort();
        match (ended.status, left.as_slice()) {
            (0, [input, output]) if (input.as_str(), output.as_str()) == ("input.wasm", "output") => {
                fs::read(directory.path().join("output")).map(Verdict::Built).map_err(|error| error.to_string())
            }
            (0, _) => Err(format!("it succeeded and left {left:?}")),
            (_, [input]) if input == "input.wasm" => {
                Ok(Verdict::Refused(String::from_utf8_lossy(&ended.stderr).trim_end().to_owned()))
            }
            (status, _) => Err(format!("it failed with {status} and left {left:?}")),
        }
    }
}

fn modified(path: &Path) -> io::Result<SystemTime> {
    fs::metadata(path)?.modified()
}

/// Whether the process kept to its limits and knew what it did.
fn check_end(ended: &Ended) -> Result<(), String> {
    let stderr: String = String::from_utf8_lossy(&ended.stderr).chars().take(2000).collect();
    let (seconds, megabytes) = (ended.elapsed.as_secs_f64(), ended.peak_memory >> 20);
    let used = format!("after {seconds:.1} s and {megabytes} MiB");
    if let Some(limit) = ended.exceeded {
        return Err(format!("killed {used}: too much {limit}"));
    }
    if let Some(signal) = ended.signal {
        return Err(format!("signal {signal} ended it {used}\n{stderr}"));
    }
    if ended.status == BUG_STATUS || stderr.contains("internal error") || stderr.contains("panicked") {
        return Err(format!("a bug, {used}\n{stderr}"));
    }
    if ended.status != 0 && !stderr.starts_with("error: ") {
        return Err(format!("exit status {} without an error, {used}\n{stderr}", ended.status));
    }
    if std::env::var_os(SHOW_USE).is_some() {
        eprintln!("{used}: {}", stderr.lines().next().unwrap_or("built"));
    }
    Ok(())
}
