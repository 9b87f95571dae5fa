//! The official test suite: each script becomes one native executable, and each of its directives
//! has to do what it says, in several modes.
//!
//! ```text
//! wasm-v3/i32.wast guard static O2, wasm-v3/i32.wast explicit dynamic O0, …
//! ```
//! Scripts that several versions and proposals have in common are run once. What may fail is in
//! `expected-failures.txt`; `docs/conformance.md` is the table that a complete run makes, and `docs/targets.md` has a row
//! for its target.

mod expected;
mod scripts;
mod table;
mod targets;

use expected::ExpectedFailures;
use libtest_mimic::{Arguments, Completion, Failed, Trial};
use scripts::Script;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use table::{Counts, Table};
use wasmc_compiler::{DirectiveResult, Options, Silent, build_script};
use wasmc_tests::{Limits, Mode, Program, Runner, not_run, processor_with_vectors, run};

/// When this is set, every combination of modes is run instead of [`Mode::DEFAULT`] and [`Mode::OPPOSITE`].
const ALL_MODES: &str = "WASMC_ALL_MODES";

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let (expected, scripts) = match read() {
        Ok(read) => read,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let modes = if std::env::var_os(ALL_MODES).is_some() { Mode::all() } else { vec![Mode::DEFAULT, Mode::OPPOSITE] };
    let table = Arc::new(Mutex::new(Table::default()));
    let mut trials = Vec::new();
    for mode in modes {
        for script in &scripts {
            let (script, expected, table) = (Arc::clone(script), Arc::clone(&expected), Arc::clone(&table));
            let name = format!("{} {}", script.name(), mode.name());
            trials.push(Trial::test(name, move || {
                let counts = check(&script, mode, &expected)?;
                if mode == Mode::DEFAULT {
                    table.lock().unwrap_or_else(PoisonError::into_inner).add(&script, counts);
                }
                Ok(())
            }));
        }
    }
    for mode in Mode::foreign() {
        for script in scripts.iter().filter(|script| script.leans_on_the_processor()) {
            let (script, expected) = (Arc::clone(script), Arc::clone(&expected));
            let name = format!("{} {}", script.name(), mode.name());
            trials.push(Trial::ignorable_test(name, move || match Runner::of(mode.target()) {
                Ok(_) => check(&script, mode, &expected).map(|_| Completion::Completed),
                Err(missing) => not_run(missing),
            }));
        }
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    if conclusion.has_failed() || conclusion.num_filtered_out > 0 || arguments.list {
        return conclusion.exit_code();
    }
    // Every script has passed: the table is complete.
    let counts = table.lock().unwrap_or_else(PoisonError::into_inner).sum();
    let conformance = Trial::test("docs/conformance.md is what this run found", move || {
        table.lock().unwrap_or_else(PoisonError::into_inner).check()
    });
    let targets = Trial::test("docs/targets.md is what this run found", move || targets::check(counts));
    libtest_mimic::run(&arguments, vec![conformance, targets]).exit_code()
}

fn read() -> Result<(Arc<ExpectedFailures>, Vec<Arc<Script>>), String> {
    let scripts = scripts::all()?.into_iter().map(Arc::new).collect();
    Ok((Arc::new(ExpectedFailures::read()?), scripts))
}

/// Runs one script; fails when other directives failed than are expected to.
fn check(script: &Script, mode: Mode, expected: &ExpectedFailures) -> Result<Counts, Failed> {
    let results = results(script, mode)?;
    let failures: Vec<(usize, String)> = results
        .iter()
        .filter_map(|(line, keyword, result)| match result {
            DirectiveResult::Passed => None,
            DirectiveResult::Failed(message) => Some((*line, format!("{line}: {keyword}: {message}"))),
            DirectiveResult::Unsupported(what) => Some((*line, format!("{line}: {keyword}: unsupported: {what}"))),
        })
        .collect();
    expected.compare(script, &failures)?;
    Ok(Counts { total: results.len(), passed: results.len() - failures.len() })
}

/// Line, keyword and result of each directive.
fn results(script: &Script, mode: Mode) -> Result<Vec<(usize, &'static str, DirectiveResult)>, Failed> {
    let mut options = Options { features: script.features, jobs: std::num::NonZeroUsize::new(1), ..Options::default() };
    mode.apply(&mut options);
    if script.text.contains("v128") {
        options.cpu = processor_with_vectors(options.target);
    }
    let compiled = match build_script(script.text, &options, &Silent) {
        Ok(compiled) => compiled,
        Err(error) => return Ok(vec![(1, "script", DirectiveResult::Failed(error.to_string()))]),
    };
    let results = match &compiled.executable {
        Some(executable) => {
            let program = Program::new(executable)?;
            let ended = run(program.command(), &[], Limits::SCRIPT)?;
            let ending = match ended.signal {
                Some(signal) => format!("was ended by signal {signal}"),
                None => format!("exited with status {}", ended.status),
            };
            compiled.read_report(&String::from_utf8_lossy(&ended.stdout), &ending)
        }
        None => compiled.read_report("", ""),
    };
    let directives = compiled.directives.iter();
    Ok(directives.zip(results).map(|(directive, result)| (directive.line, directive.keyword, result)).collect())
}
