//! What is measured: one file for each section of the report.

mod aarch64;
mod bulk;
mod cached_run;
mod compile;
mod size;
pub(crate) mod speed;
mod startup;
mod wasi_size;

use clap::ValueEnum;
use wasmc_guests::Error;

use crate::options::Options;
use crate::report::Findings;

/// A part of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Section {
    /// Size of executables
    Size,
    /// Bytes of the runtime per WASI call
    WasiSize,
    /// Time from start to exit
    Startup,
    /// Time and memory to compile SQLite
    Compile,
    /// Time and memory to compile large modules
    Large,
    /// What `wasmc run` adds the second time
    CachedRun,
    /// memory.copy and memory.fill
    Bulk,
    /// Run time of programs, against native code and other engines
    Speed,
    /// Instructions on AArch64, counted by QEMU
    Aarch64,
}

impl Section {
    /// The sections of `wanted`, each once; all of them when it is empty.
    pub(crate) fn chosen(wanted: &[Self]) -> impl Iterator<Item = Self> {
        Self::value_variants().iter().copied().filter(move |section| wanted.is_empty() || wanted.contains(section))
    }

    /// Its heading.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Size => "Size",
            Self::WasiSize => "Runtime bytes per WASI call",
            Self::Startup => "Process start to exit, one line printed",
            Self::Compile => "Compiling SQLite, -O2",
            Self::Large => "Compiling large modules, -O2",
            Self::CachedRun => "What `wasmc run` adds the second time",
            Self::Bulk => "memory.copy and memory.fill against memmove and memset",
            Self::Speed => "Run time",
            Self::Aarch64 => "Instructions on AArch64 against wasmtime's",
        }
    }

    /// Measures it.
    pub(crate) fn measure(self, options: &Options) -> Result<Findings, Error> {
        let rows = match self {
            Self::Size => size::measure(),
            Self::WasiSize => wasi_size::measure(),
            Self::Startup => startup::measure(),
            Self::Compile => compile::sqlite(),
            Self::Large => compile::large(),
            Self::CachedRun => cached_run::measure(),
            Self::Bulk => bulk::measure(),
            Self::Speed => return speed::measure(options),
            Self::Aarch64 => aarch64::measure(),
        };
        rows.map(Findings::from)
    }
}
