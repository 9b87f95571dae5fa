//! How fast compiled programs are: the guests in C against their native twins, compiled by the same clang with the same
//! flags, and against wasmtime with code that it compiled beforehand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use wasmc_guests::{Error, Guest, Outcome, Purpose, Run};

use crate::command::output;
use crate::figure::Figure;
use crate::interleave::{Samples, interleave};
use crate::report::Row;
use crate::tools::{build, scratch, wasmtime};

const ROUNDS: usize = 3;

const GUESTS: [Guest; 4] = [Guest::Sqlite, Guest::Lua, Guest::QuickJs, Guest::Zstd];

pub(super) fn measure() -> Result<Vec<Row>, Error> {
    let runs = GUESTS.iter().flat_map(|guest| guest.runs()).filter(|run| run.purpose == Purpose::Bench);
    Ok(runs.flat_map(|run| compare(&run).unwrap_or_else(|error| vec![Err(error)])).collect())
}

fn compare(run: &Run) -> Result<Vec<Row>, Error> {
    let root = scratch("speed")?;
    let expected = run.expected(&root)?;
    let ours = build(&run.guest.wasm()?, &flags(run, &root), "guest")?;
    let native = run.guest.native()?;
    let compiled = precompile(&run.guest.wasm()?)?;
    let seconds = scratch("seconds")?;
    let measured = interleave(
        ROUNDS,
        [
            &mut || time(run, &root, &expected, Command::new(&ours)),
            &mut || time(run, &root, &expected, Command::new(&native)),
            &mut || {
                let mut command = wasmtime("run_compiled.py")?;
                command.args(flags(run, &root)).arg(&seconds).arg(&compiled);
                time(run, &root, &expected, command)?;
                let text = fs::read_to_string(&seconds)?;
                text.trim().parse().map_err(|_| Error::Failed(format!("run_compiled.py wrote {text:?}")))
            },
        ],
    )?;
    let [ours, native, wasmtime] = measured.map(Samples::from_iter);
    let figure = |than, name, other| {
        Ok(Figure::time_ratio(format!("{} ÷ {than}", run.guest.name()), ("wasmc", &ours), (name, other)))
    };
    Ok(vec![figure("native", "native", &native), figure("wasmtime", "wasmtime", &wasmtime)])
}

/// The grants of a run, as both engines take them.
fn flags(run: &Run, root: &Path) -> Vec<String> {
    let directories = run.grants(root).into_iter().flat_map(|grant| ["--dir".to_owned(), grant]);
    let variables = run.env.iter().flat_map(|(name, value)| ["--env".to_owned(), format!("{name}={value}")]);
    directories.chain(variables).collect()
}

fn precompile(module: &Path) -> Result<PathBuf, Error> {
    let compiled = scratch("guest.cwasm")?;
    output(wasmtime("compile_module.py")?.arg(module).arg(&compiled))?;
    Ok(compiled)
}

/// How long a run takes, in seconds. It has to do what is expected: wrong results come fast.
fn time(run: &Run, root: &Path, expected: &Outcome, command: Command) -> Result<f64, Error> {
    run.prepare(root)?;
    let start = Instant::now();
    let outcome = run.execute(command, root)?;
    let seconds = start.elapsed().as_secs_f64();
    match expected.difference(&outcome) {
        None => Ok(seconds),
        Some(difference) => Err(Error::Failed(format!("{run}: {difference}"))),
    }
}
