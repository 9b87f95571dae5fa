//! The ways in which a case is compiled.

use wasmc_compiler::{Architecture, InstanceMode, MemoryChecks, OptLevel, Options, Target};

/// Options that change the shape of code, in the combinations that people build with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// An executable: one instance, the hardware bounds memory.
    Guard,
    /// An executable with `--memory-checks explicit`.
    Explicit,
    /// A library: an instance parameter, explicit checks.
    Dynamic,
    /// An executable with `-O0`.
    O0,
    /// An executable for AArch64; those before are for x86-64.
    Aarch64,
    /// An executable for RISC-V.
    Riscv64,
}

impl Mode {
    const ALL: &'static [Mode] = &[Mode::Guard, Mode::Explicit, Mode::Dynamic, Mode::O0, Mode::Aarch64, Mode::Riscv64];

    /// As directives and file names have it.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Guard => "guard",
            Mode::Explicit => "explicit",
            Mode::Dynamic => "dynamic",
            Mode::O0 => "O0",
            Mode::Aarch64 => "aarch64",
            Mode::Riscv64 => "riscv64",
        }
    }

    /// The mode of this name.
    pub fn from_name(name: &str) -> Result<Mode, String> {
        let known = Mode::ALL.iter().copied().find(|mode| mode.name() == name);
        known.ok_or_else(|| format!("unknown mode `{name}`: expected guard, explicit, dynamic, O0, aarch64 or riscv64"))
    }

    /// `options` in this mode.
    pub fn apply(self, options: Options) -> Options {
        let memory_checks = match self {
            Mode::Guard | Mode::O0 | Mode::Aarch64 | Mode::Riscv64 => MemoryChecks::Guard,
            Mode::Explicit | Mode::Dynamic => MemoryChecks::Explicit,
        };
        let instances = if self == Mode::Dynamic { InstanceMode::Dynamic } else { InstanceMode::Static };
        let opt_level = if self == Mode::O0 { OptLevel::O0 } else { OptLevel::O2 };
        let architecture = match self {
            Mode::Aarch64 => Architecture::Aarch64,
            Mode::Riscv64 => Architecture::Riscv64,
            _ => Architecture::X86_64,
        };
        let target = Target::ALL.iter().find(|target| target.architecture == architecture);
        let target = *target.expect("a target of each architecture");
        Options { target, memory_checks, instances, opt_level, ..options }
    }
}
