//! Measures what wasmc promises and prints it: sizes, start-up, compile time and memory, run time.
//!
//!     cargo run --release -p wasmc-benches                    # everything, a few minutes
//!     cargo run --release -p wasmc-benches -- startup size    # some sections
//!     cargo run --release -p wasmc-benches -- --json FILE     # the same figures for scripts
//!     cargo run --release -p wasmc-benches -- speed --programs lua,zstd --engines wasmc,wasmtime --rounds 3
//!
//! `wasmc` itself is built first. `docs/benchmarks.md` says how to read the figures. Nothing fails for being slow; the
//! exit status tells only whether everything could be measured.

mod changed;
mod chart;
mod command;
mod comparison;
mod figure;
mod interleave;
mod options;
mod report;
mod sections;
mod tools;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use options::Options;
use report::Report;
use sections::Section;
use wasmc_guests::Error;

fn main() -> ExitCode {
    let options = Options::parse();
    match run(&options) {
        Ok(report) if report.is_complete() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<Report, Error> {
    tools::choose_wasmc(options.wasmc.as_deref())?;
    let mut report = Report::default();
    for section in Section::chosen(&options.sections) {
        eprintln!("measuring: {}", section.title());
        report.add(section, section.measure(options));
    }
    print!("{}", report.table());
    if let Some(path) = &options.json {
        write(path, &report.json())?;
    }
    if let (Some(path), Some(comparison)) = (&options.svg, report.comparison()) {
        write(path, &chart::svg(comparison))?;
    }
    Ok(report)
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|error| Error::Failed(format!("{}: {error}", path.display())))
}
