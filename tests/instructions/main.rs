//! Has the code become slower? Counts the instructions that five small runs execute, which is the same on every machine and
//! in every run, and compares them with `figures.txt`. One that has grown by more than two per cent fails, unless the
//! commit that makes it grow brings the new figure along:
//!
//! ```sh
//! WASMC_UPDATE_INSTRUCTIONS=1 cargo test --release --workspace --test instructions
//! ```
//!
//! Valgrind counts. What is counted is a copy of the executable that differs in one number, see [`counted::countable`].

mod counted;
mod figures;

use figures::{Figure, Figures};
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::fs;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use wasmc_compiler::{MemoryChecks, Options};
use wasmc_guests::{Error, Guest, Purpose, Run};
use wasmc_tests::{Mode, Program, build, not_run};

/// Growth beyond which a figure has to be renewed.
const TOLERANCE: f64 = 0.02;
/// When this is set, the figures are written and not compared.
const UPDATE: &str = "WASMC_UPDATE_INSTRUCTIONS";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let figures = match Figures::read() {
        Ok(figures) => figures,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let update = std::env::var_os(UPDATE).is_some_and(|value| !value.is_empty());
    let counted = Arc::new(Mutex::new(figures.clone()));
    let mut trials = Vec::new();
    let runs: Vec<Run> =
        Guest::ALL.into_iter().flat_map(Guest::runs).filter(|run| run.purpose == Purpose::Count).collect();
    for checks in [MemoryChecks::Guard, MemoryChecks::Explicit] {
        let mode = Mode { checks, ..Mode::DEFAULT };
        for run in runs.clone() {
            let name = format!("{} {}", run.guest.name(), mode.name());
            let (known, counted) = (figures.get(&name), Arc::clone(&counted));
            trials.push(Trial::ignorable_test(name.clone(), move || {
                let figure = match measure(&run, mode) {
                    Ok(figure) => figure,
                    Err(Error::Missing(missing)) => return not_run(missing),
                    Err(error) => return Err(error.into()),
                };
                if update {
                    counted.lock().map_err(|_| "another count failed")?.set(&name, figure);
                    return Ok(Completion::Completed);
                }
                compare(&name, known, figure)
            }));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if update
        && let Ok(counted) = counted.lock()
        && let Err(message) = counted.write()
    {
        eprintln!("error: {message}");
        return ExitCode::FAILURE;
    }
    conclusion.exit_code()
}

/// Builds the guest in `mode`, does the run, which must do what the native twin does, and counts.
fn measure(run: &Run, mode: Mode) -> Result<Figure, Error> {
    let failed = |error: &dyn std::fmt::Display| Error::Failed(error.to_string());
    let module = fs::read(run.guest.wasm()?)?;
    let mut options = Options::default();
    mode.apply(&mut options);
    let mut executable = build(&module, run.guest.name(), &options).map_err(|error| failed(&error))?;
    if mode.checks == MemoryChecks::Guard {
        counted::countable(&mut executable)?;
    }
    let program = Program::new(&executable)?;
    let expected = run.expected(&program.work())?;
    let (outcome, instructions) = counted::count(run, &program)?;
    match expected.difference(&outcome) {
        None => Ok(Figure { instructions, module: figures::identify(&module) }),
        Some(difference) => Err(Error::Failed(difference)),
    }
}

fn compare(name: &str, known: Option<Figure>, now: Figure) -> Result<Completion, Failed> {
    let advice = format!(
        "If that is what this change costs, say why in its commit and renew the figures in it:\n\
         {UPDATE}=1 cargo test --release --workspace --test instructions"
    );
    let Some(known) = known else {
        return Err(format!("{name}: {} instructions; figures.txt has no figure.\n{advice}", now.instructions).into());
    };
    let growth = now.instructions as f64 / known.instructions as f64 - 1.0;
    let change =
        format!("{name}: {} instructions, {:+.1} % of {}", now.instructions, growth * 100.0, known.instructions);
    if growth > TOLERANCE {
        let cause = if now.module == known.module {
            "The module is the same: wasmc makes more instructions of it."
        } else {
            "The module is not the one that was counted: its source or its compiler has changed."
        };
        return Err(format!("{change}\n{cause}\n{advice}").into());
    }
    if growth < -TOLERANCE {
        eprintln!("{change}: renew the figure, so that this is not lost again unseen");
    }
    Ok(Completion::Completed)
}
