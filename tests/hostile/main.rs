//! What does `wasmc` make of bad input? An error or a correct program, in bounded time and memory; never a crash, never
//! an error of its own, never a partial file.
//!
//! * `corruption`: modules cut off at many places, and with bytes changed.
//! * `monsters`: valid or nearly valid modules that are extreme in one respect.

mod binary;
mod corruption;
mod monster;
mod monsters;

use libtest_mimic::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = corruption::trials();
    trials.extend(monsters::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
