//! Many subjects in one executable, and where it differs from the interpreter.

use super::interpreter::{Unfit, interpret};
use super::subject::Subject;
use super::transcript::{Ran, Transcript};
use crate::mode::Mode;
use crate::process::{Limits, run};
use crate::program::Program;
use crate::target::processor_with_vectors;
use std::num::NonZeroUsize;
use wasmc_compiler::{Architecture, Cpu, CpuBaseline, DirectiveResult, Options, Silent, Target, build_script};

/// Bytes of stack for the executable: more than the fuel lets a subject use.
const STACK: u64 = 256 << 20;

/// Subjects that were run in the interpreter, and what is to be compared.
#[derive(Default)]
pub struct Batch {
    transcripts: Vec<(u64, Transcript)>,
    /// Modules of these subjects.
    pub modules: usize,
    /// Subjects that cannot be compared.
    pub unfit: usize,
}

/// A subject that did something else.
pub struct Difference {
    /// The number it was added with.
    pub number: u64,
    /// Each directive that failed, and how.
    pub messages: Vec<String>,
    /// The script of this subject alone.
    pub script: String,
}

impl Batch {
    /// Runs `subject` in the interpreter.
    ///
    /// # Errors
    /// When the interpreter refuses a module.
    pub fn add(&mut self, number: u64, subject: &Subject) -> Result<(), String> {
        match interpret(subject, &format!("s{number}")) {
            Ok(transcript) => {
                self.transcripts.push((number, transcript));
                self.modules += subject.parts.len();
            }
            Err(Unfit::Nondeterministic) => self.unfit += 1,
            Err(Unfit::Refused(message)) => return Err(format!("the interpreter refuses subject {number}: {message}")),
        }
        Ok(())
    }

    /// Directives in all that begin with `start`.
    pub fn directives(&self, start: &str) -> usize {
        let directives = self.transcripts.iter().flat_map(|(_, transcript)| &transcript.directives);
        directives.filter(|directive| directive.text.starts_with(start)).count()
    }

    /// Subjects in which, of what models report, some ran.
    pub fn subjects(&self, ran: impl Fn(&Ran) -> usize) -> usize {
        self.transcripts.iter().filter(|(_, transcript)| ran(&transcript.ran) > 0).count()
    }

    /// Runs all subjects in one executable, whose instructions are those of `baseline`.
    ///
    /// # Errors
    /// When there is no executable.
    pub fn compare(&self, mode: Mode, baseline: CpuBaseline) -> Result<Vec<Difference>, String> {
        let script: String = self.transcripts.iter().map(|(_, transcript)| transcript.text()).collect();
        let results = run_script(&script, mode, baseline)?;
        let mut results = results.into_iter();
        let mut differences = Vec::new();
        for (number, transcript) in &self.transcripts {
            let results: Vec<DirectiveResult> = results.by_ref().take(transcript.directives.len()).collect();
            differences.extend(difference(*number, transcript, &results));
        }
        Ok(differences)
    }
}

/// Compares the results of a subject's directives with the transcript.
fn difference(number: u64, transcript: &Transcript, results: &[DirectiveResult]) -> Option<Difference> {
    let mut messages = Vec::new();
    let mut adjusted = transcript.clone();
    for (directive, result) in adjusted.directives.iter_mut().zip(results) {
        let message = match result {
            DirectiveResult::Passed => continue,
            DirectiveResult::Failed(message) | DirectiveResult::Unsupported(message) => message,
        };
        if let Some(other) = directive.other_trap
            && message.ends_with(&format!("got the trap \"{other}\""))
        {
            // What is saved passes where this passes.
            directive.text = directive.text.replace("out of bounds table access", other);
            continue;
        }
        let text: String = directive.text.chars().take(200).collect();
        messages.push(format!("{text}\n    {message}"));
    }
    if messages.is_empty() {
        return None;
    }
    Some(Difference { number, messages, script: adjusted.text() })
}

/// What the instructions of `baseline` are where the machine that compiles is another: those that the emulator has.
fn processor(target: Target, baseline: CpuBaseline) -> Cpu {
    let mut cpu = processor_with_vectors(target);
    match (target.architecture, baseline) {
        _ if target == Target::host() => cpu.baseline = baseline,
        (Architecture::Riscv64, CpuBaseline::Native) => {
            cpu.features.extend(["zba", "zbb", "zbc", "zbs"].map(|feature| (feature.to_owned(), true)));
        }
        _ => {}
    }
    cpu
}

/// The result of each directive of `script`.
fn run_script(script: &str, mode: Mode, baseline: CpuBaseline) -> Result<Vec<DirectiveResult>, String> {
    let cpu = processor(mode.target(), baseline);
    let mut options = Options { jobs: NonZeroUsize::new(1), stack_size: STACK, cpu, ..Options::default() };
    mode.apply(&mut options);
    let compiled = build_script(script, &options, &Silent).map_err(|error| error.to_string())?;
    let Some(executable) = &compiled.executable else { return Ok(compiled.read_report("", "")) };
    let program = Program::new(executable).map_err(|error| error.to_string())?;
    let ended = run(program.command(), &[], Limits::SCRIPT).map_err(|error| error.to_string())?;
    let ending = match (ended.exceeded, ended.signal) {
        (Some(limit), _) => format!("was stopped for too much {limit}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => format!("exited with status {}", ended.status),
    };
    Ok(compiled.read_report(&String::from_utf8_lossy(&ended.stdout), &ending))
}
