//! `docs/targets.md`: what has been seen of each target. A complete run fills in the row of the target that it is for; what
//! needs no running, it looks at for all targets.

use crate::table::Counts;
use libtest_mimic::Failed;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use wasmc_compiler::{Emit, Options, Target, available_targets};
use wasmc_tests::{Program, build, has_runner, usual_target};

const HELLO: &str = include_str!("../../examples/hello.wat");

/// Starts of which the middle one is taken.
const STARTS: usize = 21;

/// Compares the rows of the table with this run, but for times. Where nobody integrates, they are written anew.
///
/// # Errors
/// When they differ.
pub fn check(suite: Counts) -> Result<(), Failed> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/targets.md");
    let document = fs::read_to_string(&path)?;
    let mut lines = Vec::new();
    let mut is_current = true;
    for line in document.lines() {
        let row = Target::ALL.iter().find(|target| line.starts_with(&format!("| `{}` |", target.name)));
        match row {
            Some(target) => {
                let (row, is_same) = renew(*target, line, suite)?;
                is_current &= is_same;
                lines.push(row);
            }
            None => lines.push(line.to_owned()),
        }
    }
    let rows = lines.iter().filter(|line| line.starts_with("| `")).count();
    if rows != Target::ALL.len() {
        return Err("it has not one row for each target, which begins with its name".into());
    }
    if is_current {
        return Ok(());
    }
    let text = lines.join("\n") + "\n";
    if std::env::var_os("CI").is_none() {
        fs::write(&path, text)?;
        return Err("it was not; it has been written anew: look at the difference and commit it".into());
    }
    Err(format!("it should be:\n{text}").into())
}

/// The row of `target` after this run, and whether `line` says the same.
fn renew(target: Target, line: &str, suite: Counts) -> Result<(String, bool), Failed> {
    let old: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let cell = |index: usize| old.get(index).copied().unwrap_or("–").to_owned();
    let built = |emit| build(HELLO.as_bytes(), "hello", &Options { target, emit, ..Options::default() });
    let object = match built(Emit::Object) {
        Ok(_) => target.object_format().name(),
        Err(_) => "–",
    };
    let is_inside = available_targets().iter().any(|(inside, _)| *inside == target);
    let executable = if is_inside { Some(built(Emit::Executable)?) } else { None };
    let mut row = vec![format!("`{}`", target.name), object.to_owned()];
    let is_run = target.emulator().is_some() && has_runner(target);
    let linked = if is_run { "yes" } else { "linked, read back" };
    row.push(if is_inside { linked } else { "no runtime" }.to_owned());
    // What runs it, the suite, and the size; the time at the end is not compared.
    if target == usual_target() {
        let runner = match target == Target::host() {
            true => "the processor".to_owned(),
            false => target.emulator().map_or("a stand-in".to_owned(), |emulator| format!("`{emulator}`")),
        };
        row.extend([runner, format!("{} of {}", suite.passed, suite.total)]);
    } else {
        row.extend([cell(3), cell(4)]);
    }
    row.push(executable.as_ref().map_or("–".to_owned(), |bytes| kibibytes(bytes.len())));
    let is_same = old.iter().take(row.len()).eq(row.iter());
    row.push(match &executable {
        Some(bytes) if target == usual_target() && !is_same => milliseconds(start_up(bytes)?),
        _ => cell(6),
    });
    Ok((format!("| {} |", row.join(" | ")), is_same))
}

fn kibibytes(bytes: usize) -> String {
    format!("{:.1} KiB", bytes as f64 / 1024.0)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}

/// From the start of the process to its end.
fn start_up(executable: &[u8]) -> Result<Duration, Failed> {
    let program = Program::new(executable)?;
    let mut times = Vec::new();
    for _ in 0..STARTS {
        let mut command = program.command();
        let start = Instant::now();
        let output = command.output()?;
        times.push(start.elapsed());
        if output.stdout != b"Hello, world!\n" {
            return Err("hello does not greet".into());
        }
    }
    times.sort_unstable();
    Ok(times[STARTS / 2])
}
