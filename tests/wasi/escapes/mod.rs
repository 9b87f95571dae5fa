//! Programs that try to leave their directories, or to write where they may only read.
//!
//! Each attack is one function that drives a program by remote control ([`remote`]), with what a WASI host was once
//! escaped by. It runs three times: as the kernel is, and with `openat2` refused in the two ways in which old kernels
//! and filters of system calls refuse it, so that the runtime walks paths by itself. Whatever an attack checks, the
//! host's files outside of the granted directories must be untouched at its end ([`outside`]).
//!
//! For Windows, attacks run under Wine, as it is where they do without links ([`windows`]), and else with the library of
//! `tests/windows`, which has links ([`reparse`] and those that are for all systems).
//!
//! The guest `sandbox`, whose C library sees the refusals, runs in every mode.

mod calls;
mod descriptors;
mod kernel;
mod links;
mod outside;
mod paths;
mod races;
mod random;
mod read_only;
mod remote;
mod reparse;
mod special;
mod windows;

use kernel::Openat2;
use libtest_mimic::{Completion, Failed, Trial};
use outside::Host;
use wasmc_compiler::{OperatingSystem, Target};
use wasmc_guests::Guest;
use wasmc_tests::{Mode, check_guest, foreign_targets, not_run, runner, usual_target};

/// An attack by its name.
type Attack = (&'static str, fn(&Host));

const ATTACKS: [&[Attack]; 6] =
    [paths::ATTACKS, links::ATTACKS, races::ATTACKS, read_only::ATTACKS, descriptors::ATTACKS, special::ATTACKS];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for target in [usual_target()].into_iter().chain(foreign_targets()) {
        if target.system == OperatingSystem::Windows {
            trials.extend(windows::without_links().map(|attack| trial_on_wine(attack, target)));
            trials.extend(windows::with_links().map(|attack| trial_with_links(attack, target)));
            let name = format!("escapes/random/sequences give the same on {}, links", target.name);
            trials.push(Trial::ignorable_test(name, move || -> Result<Completion, Failed> {
                if let Err(missing) = runner(target, true) {
                    return not_run(missing);
                }
                random::sequences_give_the_same_on_windows(target).map(|()| Completion::Completed)
            }));
        }
    }
    if usual_target().system == OperatingSystem::Windows {
        return trials;
    }
    for run in Guest::Sandbox.runs() {
        for mode in Mode::optimised() {
            let run = run.clone();
            let name = format!("escapes/{} {}", run.name, mode.name());
            trials.push(Trial::ignorable_test(name, move || -> Result<Completion, Failed> { check_guest(&run, mode) }));
        }
    }
    let name = "escapes/random/sequences give the same with openat2 and without";
    trials.push(Trial::test(name, random::sequences_give_the_same_with_openat2_and_without));
    for (name, attack) in ATTACKS.into_iter().flatten() {
        for openat2 in Openat2::ALL {
            let is_emulated = usual_target() != Target::host();
            let trial_name = format!("escapes/{name}, openat2 {}", openat2.name());
            trials.push(Trial::ignorable_test(trial_name, move || -> Result<Completion, Failed> {
                if is_emulated && *name == special::LOOKS_AT_PAGES {
                    return Ok(Completion::ignored_with("not run: the pages are the emulator's"));
                }
                let host = Host::new(usual_target(), openat2)?;
                attack(&host);
                host.check()?;
                Ok(Completion::Completed)
            }));
        }
    }
    trials
}

/// An attack that does without links, under Wine as it is.
fn trial_on_wine((name, attack): &'static Attack, target: Target) -> Trial {
    Trial::ignorable_test(format!("escapes/{name} {}", target.name), move || -> Result<Completion, Failed> {
        if let Err(missing) = runner(target, false) {
            return not_run(missing);
        }
        let host = Host::of_wine(target)?;
        attack(&host);
        host.check()?;
        Ok(Completion::Completed)
    })
}

/// An attack under Wine with the stand-in's links.
fn trial_with_links((name, attack): &'static Attack, target: Target) -> Trial {
    Trial::ignorable_test(format!("escapes/{name} {}, links", target.name), move || -> Result<Completion, Failed> {
        if let Err(missing) = runner(target, true) {
            return not_run(missing);
        }
        let host = Host::new(target, Openat2::Kernel)?;
        attack(&host);
        host.check()?;
        Ok(Completion::Completed)
    })
}
