//! The target that programs are built for, and what runs those of another processor.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmc_compiler::{Architecture, Cpu, CpuBaseline, Options, Target};

/// When this is set, programs are built for that target instead of this machine.
const TEST_TARGET: &str = "WASMC_TEST_TARGET";

/// The target that programs are built for where nobody asks for another.
///
/// # Panics
/// When the variable names no target.
pub fn usual_target() -> Target {
    match env::var(TEST_TARGET) {
        Ok(name) if !name.is_empty() => {
            Target::from_name(&name).unwrap_or_else(|| panic!("{TEST_TARGET}: there is no target `{name}`"))
        }
        _ => Target::host(),
    }
}

/// The options that nobody has changed, for the usual target.
pub fn usual_options() -> Options {
    Options { target: usual_target(), ..Options::default() }
}

/// Targets of other processors whose programs can be run here, if the emulator is installed. None where the tests are for
/// one of them anyway.
pub fn foreign_targets() -> Vec<Target> {
    if usual_target() != Target::host() {
        return Vec::new();
    }
    Target::ALL.iter().copied().filter(|target| *target != Target::host()).collect()
}

/// The processor to compile for where a module has vectors, which not all baselines have.
pub fn processor_with_vectors(target: Target) -> Cpu {
    let baseline = match target.architecture {
        Architecture::Riscv64 => CpuBaseline::Rv64Gcv,
        Architecture::X86_64 | Architecture::Aarch64 => CpuBaseline::Portable,
    };
    Cpu { baseline, features: Vec::new() }
}

/// What runs programs of an architecture.
pub struct Runner {
    emulator: Option<PathBuf>,
    /// Its arguments for a processor that has what tests need.
    processor: &'static [&'static str],
}

impl Runner {
    /// What runs programs of `architecture` on this machine.
    ///
    /// # Errors
    /// Names what is not installed.
    pub fn of(architecture: Architecture) -> Result<Runner, String> {
        if architecture == Target::host().architecture {
            return Ok(Runner { emulator: None, processor: &[] });
        }
        let processor: &[&str] = match architecture {
            Architecture::Riscv64 => &["-cpu", "rv64,v=true,vlen=128,vext_spec=v1.0"],
            Architecture::X86_64 | Architecture::Aarch64 => &[],
        };
        Ok(Runner { emulator: Some(emulator(architecture)?), processor })
    }

    /// What runs this executable.
    ///
    /// # Errors
    /// As for [`Runner::of`]; or it is an executable of no architecture that is known here.
    pub fn of_executable(executable: &[u8]) -> Result<Runner, String> {
        Runner::of(architecture(executable).ok_or("an executable of no known architecture")?)
    }

    /// A command that starts the executable at `path` under the name `name`, with an empty environment.
    pub fn command(&self, path: &Path, name: &str) -> Command {
        let mut command = match &self.emulator {
            Some(emulator) => {
                let mut command = Command::new(emulator);
                command.args(self.processor);
                command.args(["-0", name]).arg(path);
                command
            }
            None => {
                let mut command = Command::new(path);
                std::os::unix::process::CommandExt::arg0(&mut command, name);
                command
            }
        };
        command.env_clear();
        command
    }
}

/// The emulator of an architecture.
///
/// # Errors
/// Says how to install it.
pub fn emulator(architecture: Architecture) -> Result<PathBuf, String> {
    let name = format!("qemu-{}", architecture.name());
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file());
    found.ok_or_else(|| format!("{name}: apt-get install qemu-user"))
}

/// The architecture that an ELF file is for.
fn architecture(executable: &[u8]) -> Option<Architecture> {
    const MACHINE: usize = 18;
    let machine = executable.get(MACHINE..)?.first_chunk::<2>()?;
    match u16::from_le_bytes(*machine) {
        62 => Some(Architecture::X86_64),
        183 => Some(Architecture::Aarch64),
        243 => Some(Architecture::Riscv64),
        _ => None,
    }
}
