//! Whose are the words after the module in `wasmc run`?
//!
//! Options come before the module, what follows it belongs to the program: `wasmtime` and
//! `cargo run` have it so. People also write `wasmc run app.wasm --dir . -- input.txt`; a `--`
//! leaves no doubt, so that is understood as well: the options in between are moved to the front
//! and the line is parsed again.

use super::{Cli, Command};
use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};
use std::ffi::{OsStr, OsString};

/// Parses the command line.
///
/// # Errors
/// Those of the parser, which include the wish to see the help or the version.
pub(crate) fn parse(words: &[OsString]) -> Result<Cli, clap::Error> {
    let mut cli = Cli::try_parse_from(words).map_err(|error| suggest_subcommand(error, words))?;
    let Command::Run(run) = &cli.command else { return Ok(cli) };
    let (before, from_module) = words.split_at(words.len() - run.words.len());
    if let Some(separator) = options_end(from_module) {
        cli = parse_options_first(before, from_module, separator)?;
    }
    if let Command::Run(run) = &mut cli.command
        && run.words.get(1).is_some_and(is_separator)
    {
        run.words.remove(1);
    }
    Ok(cli)
}

/// The position of the `--` that ends wasmc's options after the module, when there are any.
fn options_end(from_module: &[OsString]) -> Option<usize> {
    let first = from_module.get(1)?;
    if is_separator(first) || !first.as_encoded_bytes().starts_with(b"-") {
        return None;
    }
    from_module.iter().position(is_separator)
}

fn is_separator(word: impl AsRef<OsStr>) -> bool {
    word.as_ref() == "--"
}

/// Parses the line with `from_module[1..separator]` in front of the module.
fn parse_options_first(before: &[OsString], from_module: &[OsString], separator: usize) -> Result<Cli, clap::Error> {
    let (module, options, rest) = (&from_module[..1], &from_module[1..separator], &from_module[separator..]);
    let cli = Cli::try_parse_from([before, options, module, rest].concat())?;
    // A word that is no option, or an option that lacks its value, would now pass for the module.
    let is_whole = matches!(&cli.command, Command::Run(run) if run.words.len() == 1 + rest.len());
    if is_whole {
        return Ok(cli);
    }
    Err(run_error(
        ErrorKind::UnknownArgument,
        "only options of wasmc may stand between the module and `--`; write `--` right after the module \
         to give the program everything that follows",
    ))
}

fn run_error(kind: ErrorKind, message: &str) -> clap::Error {
    let mut command = Cli::command();
    command.build();
    match command.find_subcommand_mut("run") {
        Some(run) => run.error(kind, message),
        None => command.error(kind, message),
    }
}

/// `wasmc app.wasm` is a natural thing to try.
fn suggest_subcommand(error: clap::Error, words: &[OsString]) -> clap::Error {
    let is_file = words.get(1).is_some_and(|word| std::path::Path::new(word).is_file());
    if error.kind() != ErrorKind::InvalidSubcommand || !is_file {
        return error;
    }
    let file = words[1].display();
    Cli::command()
        .error(ErrorKind::InvalidSubcommand, format!("`{file}` is no command; `wasmc run {file}` runs the module"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The program's part of a `wasmc run` line, then the directories granted.
    fn run(line: &str) -> Result<(Vec<String>, usize), clap::Error> {
        let words: Vec<OsString> = ["wasmc", "run"].into_iter().chain(line.split(' ')).map(OsString::from).collect();
        let Command::Run(run) = parse(&words)?.command else { panic!("not a run") };
        let grants = run.compile.options(wasmc_compiler::Emit::Executable).grants.directories.len();
        Ok((run.words.iter().map(|word| word.display().to_string()).collect(), grants))
    }

    #[track_caller]
    fn check(line: &str, words: &[&str], grants: usize) {
        assert_eq!(run(line).expect(line), (words.iter().map(|word| (*word).to_owned()).collect(), grants), "{line}");
    }

    #[test]
    fn what_follows_the_module_is_the_programs() {
        check("a.wat", &["a.wat"], 0);
        check("a.wat x -y", &["a.wat", "x", "-y"], 0);
        check("a.wat --dir .", &["a.wat", "--dir", "."], 0);
        check("--dir . a.wat --help -V", &["a.wat", "--help", "-V"], 1);
        check("a.wat x -- y", &["a.wat", "x", "--", "y"], 0);
        check("- x", &["-", "x"], 0);
    }

    #[test]
    fn a_separator_after_the_module_is_not_an_argument() {
        check("a.wat -- --dir .", &["a.wat", "--dir", "."], 0);
        check("a.wat -- x -- y", &["a.wat", "x", "--", "y"], 0);
        check("a.wat --", &["a.wat"], 0);
        check("-- a.wat -- x", &["a.wat", "x"], 0);
    }

    #[test]
    fn options_between_module_and_separator_are_wasmcs() {
        check("a.wat --dir . -O0 -- x", &["a.wat", "x"], 1);
        check("--dir . a.wat --dir /tmp -- x -- y", &["a.wat", "x", "--", "y"], 2);
    }

    #[test]
    fn nothing_else_may_stand_there() {
        for line in ["a.wat --frobnicate -- x", "a.wat --dir . y -- x", "a.wat --dir -- x y"] {
            assert!(run(line).is_err(), "{line}");
        }
    }
}
