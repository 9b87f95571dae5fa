//! Shape tests: what the compiler emits for each file of `cases/`, held against `expected/`.
//!
//! ```text
//! cases/memory/load.wat  →  expected/memory/load.guard.snap, expected/memory/load.explicit.snap
//! cases/error/empty.wat  →  expected/error/empty.snap
//! ```
//! A new case costs no Rust. `docs/testing.md` says how to run, review and add one.

mod case;
mod coverage;
mod emitted;
mod failure;
mod mode;
mod object_listing;
mod snapshot;

use case::Case;
use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = match case::read_all() {
        Ok(cases) => cases,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let trials = trials(cases);
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// One trial for each snapshot, and those that look at all cases together.
fn trials(cases: Vec<Case>) -> Vec<Trial> {
    let cases = Arc::new(cases);
    let mut trials = Vec::new();
    let mut names = Vec::new();
    for (position, case) in cases.iter().enumerate() {
        if case.expects_error() {
            names.push(case.snapshot_name(None));
            let cases = Arc::clone(&cases);
            trials.push(Trial::test(case.title(None), move || {
                let case = &cases[position];
                snapshot::check(case, None, &failure::describe(case)?)
            }));
            continue;
        }
        for mode in case.directives.modes.clone() {
            names.push(case.snapshot_name(Some(mode)));
            let cases = Arc::clone(&cases);
            trials.push(Trial::test(case.title(Some(mode)), move || {
                let case = &cases[position];
                snapshot::check(case, Some(mode), &emitted::describe(case, mode)?)
            }));
        }
    }
    trials.push(Trial::test("every snapshot has a case", move || snapshot::check_none_is_stale(&names)));
    let all = Arc::clone(&cases);
    trials.push(Trial::test("every supported operator has a case", move || coverage::check_operators(&all)));
    trials.push(Trial::test("every unsupported proposal has a case", move || coverage::check_proposals(&cases)));
    trials
}
