//! Do real programs do what they do natively? Each check of each guest, built by the default options, is a test; so are two
//! guests with explicit memory checks and two with dynamic instances.
//!
//! A guest whose tools are not installed is counted as ignored and says what it needs.

use libtest_mimic::{Arguments, Trial};
use std::process::ExitCode;
use wasmc_compiler::{InstanceMode, MemoryChecks};
use wasmc_guests::{Guest, Purpose};
use wasmc_tests::{Mode, check_guest};

/// Large ones, of different compilers, so that the other modes meet all kinds of code too.
const WITH_EXPLICIT_CHECKS: [Guest; 2] = [Guest::Sqlite, Guest::Rust];
const WITH_DYNAMIC_INSTANCES: [Guest; 2] = [Guest::Zstd, Guest::Go];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for guest in Guest::ALL {
        trials.extend(trials_of(guest, Mode::DEFAULT));
        if WITH_EXPLICIT_CHECKS.contains(&guest) {
            trials.extend(trials_of(guest, Mode { checks: MemoryChecks::Explicit, ..Mode::DEFAULT }));
        }
        if WITH_DYNAMIC_INSTANCES.contains(&guest) {
            trials.extend(trials_of(guest, Mode { instances: InstanceMode::Dynamic, ..Mode::DEFAULT }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trials_of(guest: Guest, mode: Mode) -> Vec<Trial> {
    let checks = guest.runs().into_iter().filter(|run| run.purpose == Purpose::Check);
    let trial = |run: wasmc_guests::Run| {
        let name = format!("{run} {}", mode.name());
        Trial::ignorable_test(name, move || check_guest(&run, mode))
    };
    checks.map(trial).collect()
}
