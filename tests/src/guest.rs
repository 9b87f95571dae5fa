//! Runs of the guests: real programs, held against their native twins.

use crate::links::{exchange_links, runner};
use crate::mode::Mode;
use crate::not_run::not_run;
use crate::program::{Program, build};
use libtest_mimic::{Completion, Failed};
use std::fs;
use wasmc_compiler::{OperatingSystem, Options};
use wasmc_guests::{Error, Guest, Outcome, Run, Tree};

/// Builds the guest in `mode`, does its run and compares.
///
/// # Errors
/// The first difference between what it did and what it should have done.
pub fn check_guest(run: &Run, mode: Mode) -> Result<Completion, Failed> {
    if let Err(missing) = runner(mode.target(), makes_links(run.guest)) {
        return not_run(missing);
    }
    match outcomes(run, mode) {
        Ok((expected, actual)) => match expected.difference(&actual) {
            None => Ok(Completion::Completed),
            Some(difference) => Err(difference.into()),
        },
        Err(Error::Missing(missing)) => not_run(missing),
        Err(error) => Err(error.into()),
    }
}

/// Whether a guest has to do with symbolic links, which Wine does not make.
fn makes_links(guest: Guest) -> bool {
    matches!(
        guest,
        Guest::FileIo | Guest::Calls | Guest::CallsGo | Guest::CallsRust | Guest::Sandbox | Guest::Go | Guest::Rust
    )
}

/// What must come of the run, and what comes of it.
fn outcomes(run: &Run, mode: Mode) -> Result<(Outcome, Outcome), Error> {
    let module = fs::read(run.guest.wasm()?)?;
    let scratch = tempfile::tempdir()?;
    // The native twin and the program find the same paths.
    let root = scratch.path().join("root");
    let is_windows = mode.target().system == OperatingSystem::Windows;
    let expected = if is_windows { run.expected_on_windows(&root) } else { run.expected(&root) }?;
    run.prepare(&root)?;

    let mut options = Options::default();
    mode.apply(&mut options);
    let failed = |error: &dyn std::fmt::Display| Error::Failed(error.to_string());
    for grant in run.grants(&root) {
        options.grants.directories.push(grant.parse().map_err(|error: String| failed(&error))?);
    }
    for (name, _) in &run.env {
        // Without a value: the one that the process has.
        options.grants.variables.push(name.parse().map_err(|error: String| failed(&error))?);
    }
    let executable = build(&module, run.guest.name(), &options).map_err(|error| failed(&error))?;
    if !(is_windows && makes_links(run.guest)) {
        let actual = run.execute(Program::new(&executable)?.command(), &root)?;
        return Ok((expected, actual));
    }
    exchange_links(&root, true)?;
    let mut actual = run.execute(Program::with_links(&executable)?.command(), &root)?;
    exchange_links(&root, false)?;
    actual.tree = Tree::read(&root)?;
    Ok((expected, actual))
}
