//! A folder of cases as a list of tests: one for each case and mode.

use crate::case::{Case, Run};
use crate::links::runner;
use crate::mode::Mode;
use crate::not_run::not_run;
use crate::process::{Ended, Limits, run};
use crate::program::{Program, build};
use libtest_mimic::{Completion, Failed, Trial};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wasmc_compiler::OperatingSystem;

/// Reads the cases below `folder` of this crate: `NOUN/NAME.wat`, sorted.
///
/// # Errors
/// When one cannot be read, or there are none.
pub fn read_cases(folder: &str) -> Result<Vec<Case>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut cases = Vec::new();
    for noun in entries(&root)? {
        for path in entries(&noun)? {
            let name = path.strip_prefix(&root).unwrap_or(&path).with_extension("").display().to_string();
            let failed = |error: String| format!("{}: {error}", path.display());
            if path.extension().is_none_or(|extension| extension != "wat") {
                return Err(failed("a case is a .wat file".to_owned()));
            }
            let text = fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
            cases.push(Case::parse(&name, text).map_err(failed)?);
        }
    }
    if cases.is_empty() {
        return Err(format!("{}: there are no cases", root.display()));
    }
    Ok(cases)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// A test for each case and mode; with one mode for each target of another processor.
pub fn trials_of(cases: Vec<Case>) -> Vec<Trial> {
    let mut trials = Vec::new();
    for case in cases.into_iter().map(Arc::new) {
        let runs_on =
            |mode: &Mode| case.build.not_on_windows.is_none() || mode.target().system != OperatingSystem::Windows;
        for mode in Mode::all().into_iter().chain(Mode::foreign().into_iter().filter(runs_on)) {
            let case = Arc::clone(&case);
            let name = format!("{} {}", case.name, mode.name());
            trials.push(Trial::ignorable_test(name, move || check_if_runnable(&case, mode)));
        }
    }
    trials
}

/// As [`check`], where the programs of the mode's target can be run.
fn check_if_runnable(case: &Case, mode: Mode) -> Result<Completion, Failed> {
    if let (Some(reason), OperatingSystem::Windows) = (&case.build.not_on_windows, mode.target().system) {
        return Ok(Completion::ignored_with(format!("not run: {reason}")));
    }
    match runner(mode.target(), case.build.has_links) {
        Ok(_) => check(case, mode).map(|()| Completion::Completed),
        Err(missing) => not_run(missing),
    }
}

/// Builds `case` once and does each of its runs.
///
/// # Errors
/// The first difference between what a run did and what the case says.
pub fn check(case: &Case, mode: Mode) -> Result<(), Failed> {
    let mut options = case.build.options();
    mode.apply(&mut options);
    let module_name = case.name.rsplit('/').next().unwrap_or_default();
    let executable = match (build(case.text.as_bytes(), module_name, &options), &case.build.error) {
        (Ok(executable), None) => executable,
        (Ok(_), Some(expected)) => return Err(format!("it compiled; expected the error: {expected}").into()),
        (Err(error), None) => return Err(format!("it does not compile: {error}").into()),
        (Err(error), Some(expected)) if error.to_string().contains(expected) => return Ok(()),
        (Err(error), Some(expected)) => return Err(format!("expected the error: {expected}\ngot: {error}").into()),
    };
    let start = if case.build.has_links { Program::with_links } else { Program::new };
    let mut program = start(&executable)?;
    for (number, run) in case.runs.iter().enumerate() {
        if number > 0 && !case.build.files.is_empty() {
            // Each run finds the files of the case as they are written there.
            program = start(&executable)?;
        }
        for (path, contents) in &case.build.files {
            program.write(path, contents.as_bytes())?;
        }
        let ended = execute(&program, run)?;
        if let Some(difference) = run.difference(&ended) {
            let stderr = String::from_utf8_lossy(&ended.stderr);
            let stdout = String::from_utf8_lossy(&ended.stdout);
            return Err(format!("{run}: {difference}\n--- stdout\n{stdout}\n--- stderr\n{stderr}").into());
        }
    }
    Ok(())
}

fn execute(program: &Program, case: &Run) -> std::io::Result<Ended> {
    let mut command = program.command();
    command.args(&case.arguments);
    command.envs(case.environment.iter().map(|(name, value)| (name, value)));
    let mut ended = run(command, case.stdin.as_bytes(), Limits::SMALL)?;
    ended.stdout = program.with_plain_name(ended.stdout);
    Ok(ended)
}
