//! Measures what wasmc promises and prints it: sizes, start-up, compile time and memory, run time.
//!
//!     cargo run --release -p wasmc-benches                    # everything, a few minutes
//!     cargo run --release -p wasmc-benches -- startup size    # some sections
//!     cargo run --release -p wasmc-benches -- --json FILE     # the same figures for scripts
//!
//! `wasmc` itself is built first. `docs/benchmarks.md` says how to read the figures. Nothing fails for being slow; the
//! exit status tells only whether everything could be measured.

mod command;
mod figure;
mod interleave;
mod report;
mod sections;
mod tools;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use report::Report;
use sections::Section;
use wasmc_guests::Error;

/// Measures what wasmc promises and prints it
#[derive(Debug, Parser)]
struct Arguments {
    /// What to measure; everything when left out
    sections: Vec<Section>,

    /// Write the figures to FILE as well
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(&arguments) {
        Ok(report) if report.is_complete() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<Report, Error> {
    tools::build_wasmc()?;
    let mut report = Report::default();
    for section in Section::chosen(&arguments.sections) {
        eprintln!("measuring: {}", section.title());
        report.add(section, section.measure());
    }
    print!("{}", report.table());
    if let Some(path) = &arguments.json {
        std::fs::write(path, report.json()).map_err(|error| Error::Failed(format!("{}: {error}", path.display())))?;
    }
    Ok(report)
}
