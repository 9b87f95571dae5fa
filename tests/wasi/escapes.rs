//! The guest that tries to leave its directories, in every mode. `programs` runs it in the default one with all the others.

use libtest_mimic::{Completion, Failed, Trial};
use wasmc_guests::Guest;
use wasmc_tests::{Mode, check_guest};

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for run in Guest::Sandbox.runs() {
        for mode in Mode::optimised() {
            let run = run.clone();
            let name = format!("escapes/{} {}", run.name, mode.name());
            trials.push(Trial::ignorable_test(name, move || -> Result<Completion, Failed> { check_guest(&run, mode) }));
        }
    }
    trials
}
