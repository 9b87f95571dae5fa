//! Does it run right? Each file of `exec/cases` is built in every mode and does its runs.
//!
//! ```text
//! exec/cases/trap/division.wat → trap/division guard static O2, trap/division explicit dynamic O0, …
//! ```
//! Cases too large to be written by hand are made in `generated`.

mod core_dump;
mod debugger;
mod generated;
mod source_lines;

use libtest_mimic::Arguments;
use std::process::ExitCode;
use wasmc_tests::{read_cases, trials_of};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = read_cases("exec/cases").and_then(|mut cases| {
        cases.extend(generated::cases()?);
        Ok(cases)
    });
    match cases {
        Ok(cases) => {
            let mut trials = trials_of(cases);
            trials.extend(debugger::trials());
            trials.extend(core_dump::trials());
            trials.extend(source_lines::trials());
            libtest_mimic::run(&arguments, trials).exit_code()
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
