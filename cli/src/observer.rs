//! What a build tells us while it goes on: shown as progress, kept as timings and as the link command.

use crate::args::{CompileArgs, Print};
use crate::failure::Failure;
use crate::input;
use crate::output;
use crate::progress::Progress;
use crate::timings::Timings;
use std::io::Write;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use wasmc_compiler::{Artifact, FunctionCache, Observer, Options, Stage};

/// Watches one build from reading the input to writing the result.
pub(crate) struct Watch {
    progress: Option<Progress>,
    timings: Option<Timings>,
    link_command: Mutex<Vec<String>>,
}

/// Where reports go.
#[derive(Clone, Copy)]
pub(crate) enum Reports {
    /// To standard output.
    Stdout,
    /// To standard error, since standard output carries something else.
    Stderr,
}

impl Watch {
    /// Watches what `args` ask for.
    pub(crate) fn new(args: &CompileArgs) -> Watch {
        Watch {
            progress: if args.quiet { None } else { Progress::start() },
            timings: args.prints(Print::Timings).then(Timings::start),
            link_command: Mutex::default(),
        }
    }

    /// Runs a step of ours that counts as a stage.
    pub(crate) fn stage<T>(&self, name: &'static str, step: impl FnOnce() -> T) -> T {
        self.begin_stage(name);
        let result = step();
        self.end_stage();
        result
    }

    /// Compiles `bytes`, the module at `input`, save the `functions` that earlier builds have compiled.
    pub(crate) fn compile(
        &self,
        input: &Path,
        bytes: &[u8],
        options: &Options,
        functions: Option<&dyn FunctionCache>,
    ) -> Result<Artifact, Failure> {
        wasmc_compiler::build_with_cache(bytes, &input::module_name(input), options, functions, self)
            .map_err(|error| Failure::compile(input::label(input), &error))
    }

    /// Takes the progress bar away and prints what `args` ask for.
    pub(crate) fn report(mut self, args: &CompileArgs, reports: Reports) -> Result<(), Failure> {
        self.progress = None;
        let mut text = String::new();
        if args.prints(Print::Link) {
            let command = self.link_command.lock().unwrap_or_else(PoisonError::into_inner);
            if !command.is_empty() {
                text.push_str(&command_line(&command));
                text.push('\n');
            }
        }
        match &self.timings {
            Some(timings) if args.json => text.push_str(&format!("{:#}\n", timings.json())),
            Some(timings) => text.push_str(&timings.table()),
            None => {}
        }
        match reports {
            _ if text.is_empty() => Ok(()),
            Reports::Stdout => output::print(&text),
            Reports::Stderr => {
                let _ = anstream::stderr().write_all(text.as_bytes());
                Ok(())
            }
        }
    }

    fn begin_stage(&self, name: &'static str) {
        if let Some(progress) = &self.progress {
            progress.stage(name);
        }
        if let Some(timings) = &self.timings {
            timings.begin(name);
        }
    }

    fn end_stage(&self) {
        if let Some(timings) = &self.timings {
            timings.end();
        }
    }
}

impl Observer for Watch {
    fn begin(&self, stage: Stage) {
        self.begin_stage(stage.name());
    }

    fn end(&self, _stage: Stage) {
        self.end_stage();
    }

    fn functions(&self, done: usize, total: usize) {
        if let Some(progress) = &self.progress {
            progress.count(done, total);
        }
    }

    fn reused(&self, found: usize, total: usize) {
        if let Some(timings) = &self.timings {
            timings.reused(found, total);
        }
    }

    fn link_command(&self, command: &[String]) {
        *self.link_command.lock().unwrap_or_else(PoisonError::into_inner) = command.to_vec();
    }
}

/// The words as a shell would take them.
fn command_line(words: &[String]) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "_@%+=:,./-".contains(character);
    let quoted = words.iter().map(|word| {
        if !word.is_empty() && word.chars().all(is_plain) {
            word.clone()
        } else {
            format!("'{}'", word.replace('\'', r"'\''"))
        }
    });
    quoted.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::command_line;

    #[test]
    fn a_command_line_can_be_pasted_into_a_shell() {
        let words = ["wild", "-o", "my app", "", "it's", "--a=b"].map(str::to_owned);
        assert_eq!(command_line(&words), r"wild -o 'my app' '' 'it'\''s' --a=b");
    }
}
