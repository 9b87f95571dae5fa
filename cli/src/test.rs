//! `wasmc test`
//!
//! Scripts are compiled and run side by side, one worker a processor; what is printed is in the
//! order of the command line.

mod program;
mod report;
mod scripts;

use crate::args::TestArgs;
use crate::failure::{Failure, Status, reason};
use crate::input::label;
use crate::output;
use crate::progress::Progress;
use program::Runner;
use report::{FileReport, Totals};
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use wasmc_compiler::{DirectiveResult, Options, Silent};

/// Runs the scripts; fails when a directive of one did.
pub(crate) fn test(args: &TestArgs) -> Result<(), Failure> {
    let paths = scripts::find(&args.inputs)?;
    let mut options = args.code.options();
    let runner = Runner::new(args.runner.as_deref(), Duration::from_secs(args.timeout), options.target)?;
    let workers = options.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
    // Scripts are many and their modules small: the parallelism is between scripts.
    options.jobs = NonZeroUsize::new(if paths.len() == 1 { workers } else { 1 });

    let mut progress = if args.quiet || args.json { None } else { Progress::start() };
    if let Some(progress) = &progress {
        progress.stage("test");
    }
    let mut reports = Vec::with_capacity(paths.len());
    let mut broken = None;
    in_order(
        &paths,
        workers.min(paths.len()),
        |path| run_script(path, &options, &runner),
        |done, report| {
            if let Some(progress) = &progress {
                progress.count(done, paths.len());
            }
            match report {
                Ok(report) => reports.push(report),
                Err(failure) => broken = broken.take().or(Some(failure)),
            }
        },
    );
    progress.take();
    if let Some(failure) = broken {
        return Err(failure);
    }

    let totals = Totals::of(&reports);
    let text = if args.json { report::to_json(&reports) } else { report::to_text(&reports, &totals, args.quiet) };
    output::print(&text)?;
    if totals.all_passed() { Ok(()) } else { Err(Failure::silent(Status::Input)) }
}

/// Compiles and runs one script.
fn run_script(path: &Path, options: &Options, runner: &Runner) -> Result<FileReport, Failure> {
    let name = label(path);
    let source = std::fs::read_to_string(path)
        .map_err(|error| Failure::environment(format!("cannot read `{name}`: {}", reason(&error))))?;
    let script = match wasmc_compiler::build_script(&source, options, &Silent) {
        Ok(script) => script,
        Err(error @ wasmc_compiler::Error::Input(_)) => return Ok(FileReport::unreadable(name, &error)),
        Err(error) => return Err(Failure::compile(name, &error)),
    };
    let results: Vec<DirectiveResult> = match &script.executable {
        Some(executable) => {
            let outcome = runner.run(executable)?;
            script.read_report(&outcome.report, &outcome.ending)
        }
        None => script.read_report("", ""),
    };
    Ok(FileReport::new(name, &script.directives, results))
}

/// Does `job` for each of `items` on several threads and hands the results over in order, with how
/// many there have been.
fn in_order<I: Sync, T: Send>(
    items: &[I],
    workers: usize,
    job: impl Fn(&I) -> T + Sync,
    mut consume: impl FnMut(usize, T),
) {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..workers {
            let (sender, next, job) = (sender.clone(), &next, &job);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { return };
                    if sender.send((index, job(item))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = std::collections::BTreeMap::new();
        let mut done = 0;
        for (index, result) in receiver {
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&done) {
                done += 1;
                consume(done, result);
            }
        }
    });
}
