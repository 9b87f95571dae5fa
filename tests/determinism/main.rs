//! Does the same input give the same bytes? With one worker and with several, and twice in a row, for the object and for
//! the executable; with functions from a cache; and for the runtime, in another folder.

mod cache;
mod runtimes;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use std::num::NonZeroUsize;
use std::process::ExitCode;
use wasmc_compiler::{Emit, Options};
use wasmc_guests::{Error, Guest};
use wasmc_tests::{Mode, build, not_run, read_cases, usual_options};

/// One build for each; the first is compared with the others.
const JOBS: [usize; 4] = [1, 2, 2, 7];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = match read_cases("exec/cases") {
        Ok(cases) => cases,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let mut trials = Vec::new();
    for case in cases.into_iter().filter(|case| case.build.error.is_none()) {
        trials.push(Trial::test(case.name.clone(), move || {
            for mode in Mode::all().into_iter().chain(Mode::foreign()) {
                let mut options = case.build.options();
                mode.apply(&mut options);
                cache::check(case.text.as_bytes(), &options)?;
                let debug = Options { debug: true, ..options.clone() };
                cache::check(case.text.as_bytes(), &debug)?;
                compare(case.text.as_bytes(), &case.name, options)?;
            }
            Ok(())
        }));
    }
    for guest in [Guest::Hello, Guest::Sqlite, Guest::Rust, Guest::AssemblyScript] {
        trials.push(Trial::ignorable_test(guest.name(), move || check_guest(guest)));
    }
    trials.push(Trial::ignorable_test("the runtimes in another folder", runtimes::check));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn check_guest(guest: Guest) -> Result<Completion, Failed> {
    let path = match guest.wasm() {
        Ok(path) => path,
        Err(Error::Missing(missing)) => return not_run(missing),
        Err(error) => return Err(error.into()),
    };
    let module = std::fs::read(path)?;
    cache::check(&module, &usual_options())?;
    compare(&module, guest.name(), usual_options())?;
    Ok(Completion::Completed)
}

/// Builds the object and the executable several times.
fn compare(module: &[u8], name: &str, options: Options) -> Result<(), Failed> {
    for emit in [Emit::Object, Emit::Executable] {
        let mut first = None;
        for jobs in JOBS {
            let options = Options { emit, jobs: NonZeroUsize::new(jobs), ..options.clone() };
            let bytes = build(module, name, &options)?;
            let first = first.get_or_insert_with(|| bytes.clone());
            if let Some(position) = difference(first, &bytes) {
                return Err(format!("{emit:?} with {jobs} jobs differs from byte {position:#x} on\n{options:?}").into());
            }
        }
    }
    Ok(())
}

/// The first position at which two files differ.
fn difference(left: &[u8], right: &[u8]) -> Option<usize> {
    if left == right {
        return None;
    }
    let differing = left.iter().zip(right).position(|(left, right)| left != right);
    Some(differing.unwrap_or(left.len().min(right.len())))
}
