//! A case: a `.wat` file whose leading comments say how to build it and what each run of it must do.
//!
//! ```text
//! ;; invoke: divide                 as `--invoke divide`
//! ;; run: 6 2                       a run with these arguments
//! ;; stdout: 3                      a line of its output; all lines are compared
//! ;; run: 1 0                       another run of the same executable
//! ;; trap: integer divide by zero   exit status 134 and this message
//! ```
//! `docs/testing.md` lists every directive. Comments for people do not start with one word and a colon.

use crate::process::Ended;
use std::fmt;
use wasmc_compiler::{Options, VariableGrant};

/// One file.
#[derive(Debug)]
pub struct Case {
    /// `NOUN/NAME`.
    pub name: String,
    /// The module in the text format.
    pub text: String,
    /// How it is built.
    pub build: Build,
    /// What it is asked to do; at least one.
    pub runs: Vec<Run>,
}

/// How a case is built.
#[derive(Debug, Default)]
pub struct Build {
    /// The options, apart from the mode.
    options: Options,
    /// Files in the working directory.
    pub files: Vec<(String, String)>,
    /// Part of the message when it must not compile.
    pub error: Option<String>,
    /// It makes symbolic links, which Wine does not.
    pub has_links: bool,
    /// Why it cannot be run on Windows, if that is so.
    pub not_on_windows: Option<String>,
}

impl Build {
    /// The options, apart from the mode.
    pub fn options(&self) -> Options {
        self.options.clone()
    }
}

/// One run and what must come of it.
#[derive(Debug, Default)]
pub struct Run {
    /// The arguments, without the program's name.
    pub arguments: Vec<String>,
    /// The environment of the process.
    pub environment: Vec<(String, String)>,
    /// Its whole standard input.
    pub stdin: String,
    exit: Option<i32>,
    stdout: Vec<String>,
    stderr: Vec<String>,
    trap: Option<String>,
}

/// The exit status of a trap.
const TRAP: i32 = wasmc_runtime::abi::TRAP_EXIT_STATUS;

impl Case {
    /// Reads the directives at the top of `text`.
    ///
    /// # Errors
    /// When a directive is unknown or malformed.
    pub fn parse(name: &str, text: String) -> Result<Case, String> {
        let mut build = Build::default();
        let mut runs = Vec::new();
        let mut run = Run::default();
        let mut is_implicit = true;
        for line in text.lines().map_while(|line| line.strip_prefix(";;")) {
            let Some((key, value)) = line.trim().split_once(':') else { continue };
            if key.contains(' ') {
                continue;
            }
            let value = value.strip_prefix(' ').unwrap_or(value);
            if key == "run" {
                if !is_implicit {
                    runs.push(std::mem::take(&mut run));
                }
                is_implicit = false;
                run.arguments = value.split_whitespace().map(str::to_owned).collect();
            } else if !build.directive(key, value)? {
                run.directive(key, value)?;
                is_implicit = false;
            }
        }
        runs.push(run);
        Ok(Case { name: name.to_owned(), text, build, runs })
    }
}

impl Build {
    /// Takes a directive; tells whether it was one of the build's.
    fn directive(&mut self, key: &str, value: &str) -> Result<bool, String> {
        let options = &mut self.options;
        match key {
            "invoke" => options.invoke = Some(value.to_owned()),
            "debug" => options.debug = yes(value)?,
            "stub-imports" => options.stub_imports = yes(value)?,
            "stack-size" => options.stack_size = value.parse().map_err(|error| format!("{value}: {error}"))?,
            "dir" => options.grants.directories.push(value.parse()?),
            "env" => options.grants.variables.push(value.parse::<VariableGrant>()?),
            "inherit-env" => options.grants.inherit_environment = yes(value)?,
            "sealed" => options.grants.sealed = yes(value)?,
            "file" => {
                let (path, contents) = value.split_once(' ').unwrap_or((value, ""));
                self.files.push((path.to_owned(), contents.to_owned()));
            }
            "error" => self.error = Some(value.to_owned()),
            "links" => self.has_links = yes(value)?,
            "not-on-windows" => self.not_on_windows = Some(value.to_owned()),
            _ => return Ok(false),
        }
        Ok(true)
    }
}

fn yes(value: &str) -> Result<bool, String> {
    if value == "yes" { Ok(true) } else { Err(format!("expected `yes`, found `{value}`")) }
}

impl Run {
    fn directive(&mut self, key: &str, value: &str) -> Result<(), String> {
        match key {
            "arg" => self.arguments.push(value.to_owned()),
            "set" => {
                let (name, value) = value.split_once('=').ok_or("expected `set: NAME=VALUE`")?;
                self.environment.push((name.to_owned(), value.to_owned()));
            }
            "stdin" => self.stdin.push_str(&format!("{value}\n")),
            "exit" => self.exit = Some(value.parse().map_err(|error| format!("{value}: {error}"))?),
            "stdout" => self.stdout.push(value.to_owned()),
            "stderr" => self.stderr.push(value.to_owned()),
            "trap" => self.trap = Some(value.to_owned()),
            _ => return Err(format!("`{key}:` is no directive")),
        }
        Ok(())
    }

    /// The first thing that is not as the case says.
    pub fn difference(&self, ended: &Ended) -> Option<String> {
        if let Some(limit) = ended.exceeded {
            return Some(format!("it was killed after {:?}: too much {limit}", ended.elapsed));
        }
        let exit = self.exit.unwrap_or(if self.trap.is_some() { TRAP } else { 0 });
        if let Some(signal) = ended.signal {
            return Some(format!("signal {signal} ended it; expected the exit status {exit}"));
        }
        if ended.status != exit {
            return Some(format!("exit status {}; expected {exit}", ended.status));
        }
        if let Some(difference) = text_difference("standard output", &self.stdout, &ended.stdout) {
            return Some(difference);
        }
        let stderr = match &self.trap {
            None => self.stderr.clone(),
            Some(trap) => {
                let first = format!("wasm trap: {trap}");
                // Unless the case spells it out, any backtrace will do.
                let rest = if self.stderr.is_empty() { vec!["...".to_owned()] } else { self.stderr.clone() };
                [vec![first], rest].concat()
            }
        };
        text_difference("standard error", &stderr, &ended.stderr)
    }
}

impl fmt::Display for Run {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "run `{}`", self.arguments.join(" "))
    }
}

/// Compares lines; `...` stands for any lines that follow, `[..]` for any text within one.
fn text_difference(stream: &str, expected: &[String], actual: &[u8]) -> Option<String> {
    let actual = String::from_utf8_lossy(actual);
    if !actual.is_empty() && !actual.ends_with('\n') {
        return Some(format!("{stream} does not end with a line break: {actual:?}"));
    }
    let mut lines = actual.lines();
    for (number, expected) in (1..).zip(expected) {
        if expected == "..." {
            return None;
        }
        match lines.next() {
            Some(line) if matches(expected, line) => {}
            line => return Some(format!("{stream}, line {number}: expected {expected:?}, got {line:?}")),
        }
    }
    lines.next().map(|line| format!("{stream}: expected no more lines, got {line:?}"))
}

/// Whether `line` is `pattern`, in which `[..]` stands for any text.
fn matches(pattern: &str, line: &str) -> bool {
    match pattern.split_once("[..]") {
        None => pattern == line,
        Some((start, rest)) => line.strip_prefix(start).is_some_and(|line| {
            line.char_indices()
                .map(|(position, _)| position)
                .chain([line.len()])
                .any(|skip| matches(rest, &line[skip..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match() {
        assert!(matches("a[..]c", "abc") && matches("a[..]", "a") && matches("[..]c[..]", "bcd"));
        assert!(!matches("a[..]c", "abd") && !matches("a", "ab"));
    }

    #[test]
    fn directives_belong_to_their_run() {
        let text = ";; invoke: f\n;; people: read this\n;; run: 1 2\n;; stdout: 3\n;; run:\n;; exit: 9\n(module)";
        assert!(Case::parse("a/b", text.to_owned()).is_err());
        let case = Case::parse("a/b", text.replace("people", "for people")).expect("a case");
        assert_eq!(case.build.options().invoke.as_deref(), Some("f"));
        assert_eq!(case.runs.len(), 2);
        assert_eq!(case.runs[0].arguments, ["1", "2"]);
        assert_eq!((case.runs[0].exit, case.runs[1].exit), (None, Some(9)));
    }

    #[test]
    fn output_is_compared_to_its_end() {
        let expected = ["one".to_owned()];
        assert_eq!(text_difference("output", &expected, b"one\n"), None);
        assert!(text_difference("output", &expected, b"one\ntwo\n").is_some());
        assert!(text_difference("output", &expected, b"").is_some());
        assert!(text_difference("output", &expected, b"one").is_some());
        assert_eq!(text_difference("output", &["...".to_owned()], b"one\ntwo\n"), None);
    }
}
