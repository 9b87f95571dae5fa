//! The target that programs are built for, and what runs those of another processor.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmc_compiler::{Architecture, OperatingSystem, Options, Target};

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

/// What runs programs of a target.
pub struct Runner {
    emulator: Option<PathBuf>,
}

impl Runner {
    /// What runs programs for `target` on this machine.
    ///
    /// # Errors
    /// Names what is not installed.
    pub fn of(target: Target) -> Result<Runner, String> {
        if target == Target::host() {
            return Ok(Runner { emulator: None });
        }
        Ok(Runner { emulator: Some(emulator(target)?) })
    }

    /// What runs this executable.
    ///
    /// # Errors
    /// As for [`Runner::of`]; or it is an executable for no target that is known here.
    pub fn of_executable(executable: &[u8]) -> Result<Runner, String> {
        Runner::of(target_of(executable).ok_or("an executable for no known target")?)
    }

    /// A command that starts the executable at `path` under the name `name`, with an empty environment.
    pub fn command(&self, path: &Path, name: &str) -> Command {
        let mut command = match &self.emulator {
            Some(emulator) => {
                let mut command = Command::new(emulator);
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

/// The emulator for a target.
///
/// # Errors
/// Says how to install it.
pub fn emulator(target: Target) -> Result<PathBuf, String> {
    let name = format!("qemu-{}", target.architecture.name());
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file());
    found.ok_or_else(|| format!("{name}: apt-get install qemu-user"))
}

/// The target that an executable is for.
fn target_of(executable: &[u8]) -> Option<Target> {
    let (architecture, system) = (elf_architecture(executable)?, OperatingSystem::Linux);
    Target::ALL.iter().copied().find(|target| target.architecture == architecture && target.system == system)
}

/// The architecture that an ELF file is for.
fn elf_architecture(executable: &[u8]) -> Option<Architecture> {
    const MACHINE: usize = 18;
    let machine = executable.get(MACHINE..)?.first_chunk::<2>()?;
    match u16::from_le_bytes(*machine) {
        62 => Some(Architecture::X86_64),
        183 => Some(Architecture::Aarch64),
        _ => None,
    }
}
