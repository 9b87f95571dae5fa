//! What runs the programs. Each engine compiles a program beforehand; only its run counts.
//!
//! Native programs and executables of wasmc are timed from outside, with the start of the process. wasmtime and V8 are
//! started by an interpreter that takes longer than the program may: there the instantiation and the program count, and
//! the time is taken inside.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use clap::ValueEnum;
use wasmc_guests::{Error, Outcome, Run};

use crate::command::{output, processor_seconds_of_children};
use crate::tools::{build, grants, scratch, v8, wasmtime};

/// A way to run a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Engine {
    /// The native twin
    Native,
    /// wasmc with its default flags
    Wasmc,
    /// wasmc with `--memory-checks explicit`
    WasmcExplicit,
    /// wasmc with `--cpu native`
    WasmcNative,
    /// wasmtime with its default settings
    Wasmtime,
    /// wasmtime with comparisons in place of guard pages
    WasmtimeExplicit,
    /// V8 in node, with everything compiled by its optimising compiler
    V8,
}

/// What a run took.
pub(super) struct Time {
    pub(super) seconds: f64,
    /// What all of its threads spent on processors.
    pub(super) processor_seconds: f64,
}

/// A program that an engine has compiled.
pub(super) struct Prepared {
    engine: Engine,
    /// The executable, or what the engine's process is to load.
    compiled: PathBuf,
}

impl Engine {
    /// All of them, native code first.
    pub(super) const ALL: [Self; 7] = [
        Self::Native,
        Self::Wasmc,
        Self::WasmcExplicit,
        Self::WasmcNative,
        Self::Wasmtime,
        Self::WasmtimeExplicit,
        Self::V8,
    ];

    /// What tables call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Native => "native",
            Self::Wasmc => "wasmc",
            Self::WasmcExplicit => "wasmc explicit",
            Self::WasmcNative => "wasmc native",
            Self::Wasmtime => "wasmtime",
            Self::WasmtimeExplicit => "wasmtime explicit",
            Self::V8 => "V8",
        }
    }

    /// Fails when it is not installed.
    pub(super) fn find(self) -> Result<(), Error> {
        match self {
            Self::Native | Self::Wasmc | Self::WasmcExplicit | Self::WasmcNative => Ok(()),
            Self::Wasmtime | Self::WasmtimeExplicit => wasmtime("run_compiled.py").map(|_| ()),
            Self::V8 => v8().map(|_| ()),
        }
    }

    /// Compiles the guest of a run, which will run in the folder `root`.
    pub(super) fn prepare(self, run: &Run, root: &Path) -> Result<Prepared, Error> {
        let module = run.guest.wasm()?;
        let name = format!("guest-{}", self.name().replace(' ', "-"));
        let flags = |more: &[&str]| {
            let more = more.iter().map(|flag| (*flag).to_owned());
            grants(run, root).into_iter().chain(more).collect::<Vec<_>>()
        };
        let compiled = match self {
            Self::Native => run.guest.native()?,
            Self::Wasmc => build(&module, &flags(&[]), &name)?,
            Self::WasmcExplicit => build(&module, &flags(&["--memory-checks", "explicit"]), &name)?,
            Self::WasmcNative => build(&module, &flags(&["--cpu", "native"]), &name)?,
            Self::Wasmtime | Self::WasmtimeExplicit => {
                let compiled = scratch(&name)?;
                output(wasmtime("compile_module.py")?.args(self.checks()).arg(module).arg(&compiled))?;
                compiled
            }
            // Node has no form of compiled code that it could load: it compiles first, and then takes the time.
            Self::V8 => module,
        };
        Ok(Prepared { engine: self, compiled })
    }

    /// The flags of our Python scripts.
    fn checks(self) -> &'static [&'static str] {
        if self == Self::WasmtimeExplicit { &["--explicit"] } else { &[] }
    }
}

impl Prepared {
    /// How long a run takes. It has to do what is expected: wrong results come fast.
    pub(super) fn time(&self, run: &Run, root: &Path, expected: &Outcome) -> Result<Time, Error> {
        run.prepare(root)?;
        let Some(mut command) = self.host()? else {
            let (start, processor_start) = (Instant::now(), processor_seconds_of_children());
            let outcome = run.execute(Command::new(&self.compiled), root)?;
            let seconds = start.elapsed().as_secs_f64();
            let processor_seconds = processor_seconds_of_children() - processor_start;
            return self.check(run, expected, &outcome).map(|()| Time { seconds, processor_seconds });
        };
        let times = scratch("seconds")?;
        command.args(grants(run, root)).arg(&times).arg(&self.compiled);
        self.check(run, expected, &run.execute(command, root)?)?;
        let text = fs::read_to_string(&times)?;
        let numbers: Option<Vec<f64>> = text.split_whitespace().map(|number| number.parse().ok()).collect();
        match numbers.as_deref() {
            Some(&[seconds, processor_seconds]) => Ok(Time { seconds, processor_seconds }),
            _ => Err(Error::Failed(format!("{} wrote {text:?}", self.engine.name()))),
        }
    }

    /// The process that runs the program and takes its time; `None` for those that are processes themselves.
    fn host(&self) -> Result<Option<Command>, Error> {
        match self.engine {
            Engine::Native | Engine::Wasmc | Engine::WasmcExplicit | Engine::WasmcNative => Ok(None),
            Engine::Wasmtime | Engine::WasmtimeExplicit => {
                let mut command = wasmtime("run_compiled.py")?;
                command.args(self.engine.checks());
                Ok(Some(command))
            }
            Engine::V8 => v8().map(Some),
        }
    }

    fn check(&self, run: &Run, expected: &Outcome, outcome: &Outcome) -> Result<(), Error> {
        match expected.difference(outcome) {
            None => Ok(()),
            Some(difference) => Err(Error::Failed(format!("{run} under {}: {difference}", self.engine.name()))),
        }
    }
}
