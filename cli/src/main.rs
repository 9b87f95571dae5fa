//! `wasmc`, the command: reads the command line, calls one subcommand, reports what went wrong.
//!
//! [`args`] defines every flag once; the parser, the help, the completions and the manual pages are
//! made from it. Each subcommand has a file of its own. None of them prints an error or ends the
//! process: they return a [`Failure`], and only this file turns it into words and an exit status.

mod args;
mod atomic;
mod bug;
mod build;
mod cache;
mod color;
mod completions;
mod failure;
mod incremental;
mod input;
mod inspect;
mod man;
mod memory;
mod observer;
mod output;
mod progress;
mod run;
mod runtime;
mod sources;
mod store;
mod table;
mod targets;
mod test;
mod timings;
mod units;
mod validate;

use args::Command;
use failure::Failure;
use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    color::choose(&words);
    match bug::guard(|| wasmc(&words)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn wasmc(words: &[OsString]) -> Result<(), Failure> {
    match args::parse(words) {
        Ok(cli) => dispatch(&cli.command),
        Err(error) if error.use_stderr() => Err(error.into()),
        // The parser reports the wish to see the help or the version as an error.
        Err(help) => output::print(&help.render().ansi().to_string()),
    }
}

fn dispatch(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Build(args) => build::build(args),
        Command::Run(args) => run::run(args),
        Command::Validate(args) => validate::validate(args),
        Command::Inspect(args) => inspect::inspect(args),
        Command::Test(args) => test::test(args),
        Command::Targets(args) => targets::targets(args),
        Command::Runtime(args) => runtime::runtime(args),
        Command::Cache(args) => cache::cache(args),
        Command::Completions(args) => completions::completions(args),
        Command::Man(args) => man::man(args),
    }
}
