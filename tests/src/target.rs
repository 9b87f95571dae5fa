//! The target that programs are built for, and what runs those of another processor.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use wasmc_compiler::{Architecture, Cpu, CpuBaseline, OperatingSystem, Options, Target};

/// When this is set, programs are built for that target instead of this machine.
const TEST_TARGET: &str = "WASMC_TEST_TARGET";

/// What runs programs for macOS, where there is something: it is called with the program and its arguments.
const MACOS_RUNNER: &str = "WASMC_MACOS_RUNNER";

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
    Target::ALL.iter().copied().filter(|target| *target != Target::host() && has_runner(*target)).collect()
}

/// Whether there is something that runs programs of a target on this machine, installed or not.
pub fn has_runner(target: Target) -> bool {
    match target.system {
        OperatingSystem::Linux => true,
        // Wine, and the stand-in for macOS, run programs of their own processor.
        OperatingSystem::Windows | OperatingSystem::MacOs => target.architecture == Target::host().architecture,
    }
}

/// The processor to compile for where a module has vectors, which not all baselines have.
pub fn processor_with_vectors(target: Target) -> Cpu {
    let baseline = match target.architecture {
        Architecture::Riscv64 => CpuBaseline::Rv64Gcv,
        Architecture::X86_64 | Architecture::Aarch64 => CpuBaseline::Portable,
    };
    Cpu { baseline, features: Vec::new() }
}

/// What runs programs of a target.
pub enum Runner {
    /// The kernel.
    Kernel,
    /// QEMU's user mode, with its arguments for a processor that has what tests need.
    Qemu(PathBuf, &'static [&'static str]),
    /// Wine.
    Wine(PathBuf),
    /// What takes macOS's place: a stand-in, or what somebody has named.
    Macos(PathBuf),
}

impl Runner {
    /// What runs programs for `target` on this machine.
    ///
    /// # Errors
    /// Names what is not installed.
    pub fn of(target: Target) -> Result<Runner, String> {
        if target == Target::host() {
            return Ok(Runner::Kernel);
        }
        let program = emulator(target)?;
        let processor: &[&str] = match target.architecture {
            Architecture::Riscv64 => &["-cpu", "rv64,v=true,vlen=128,vext_spec=v1.0"],
            Architecture::X86_64 | Architecture::Aarch64 => &[],
        };
        match target.system {
            OperatingSystem::Linux => Ok(Runner::Qemu(program, processor)),
            OperatingSystem::Windows => Ok(Runner::Wine(program)),
            OperatingSystem::MacOs => Ok(Runner::Macos(program)),
        }
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
        match self {
            Runner::Kernel => {
                let mut command = Command::new(path);
                std::os::unix::process::CommandExt::arg0(&mut command, name);
                command.env_clear();
                command
            }
            Runner::Qemu(emulator, processor) => {
                let mut command = Command::new(emulator);
                command.args(*processor).args(["-0", name]).arg(path).env_clear();
                command
            }
            Runner::Wine(wine) => {
                let mut command = wine_command(wine);
                command.arg(path);
                command
            }
            Runner::Macos(program) => {
                let mut command = Command::new(program);
                command.arg(path).env_clear();
                command
            }
        }
    }
}

/// The emulator for a target.
///
/// # Errors
/// Says how to install it.
pub fn emulator(target: Target) -> Result<PathBuf, String> {
    let path = env::var_os("PATH").unwrap_or_default();
    let find = |name: &str| env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file());
    match target.system {
        OperatingSystem::Windows if target.architecture != Target::host().architecture => {
            Err(format!("{}: Wine runs programs of its own processor", target.name))
        }
        OperatingSystem::Windows => {
            // Debian's `wine` is a script around this, which has to be started anew for each program.
            let debian = Some(PathBuf::from("/usr/lib/wine/wine64")).filter(|file| file.is_file());
            find("wine64").or(debian).or_else(|| find("wine")).ok_or("wine: apt-get install wine wine64".to_owned())
        }
        OperatingSystem::MacOs => match env::var_os(MACOS_RUNNER) {
            Some(runner) => Ok(PathBuf::from(runner)),
            None if target.architecture == Target::host().architecture => macos_stand_in(),
            None => Err(format!("{}: a machine, which {MACOS_RUNNER} would name", target.name)),
        },
        OperatingSystem::Linux => {
            let name = target.emulator().unwrap_or_default();
            find(&name).ok_or_else(|| format!("{name}: apt-get install qemu-user"))
        }
    }
}

/// What runs programs for macOS on this system: `tests/macos` puts them into memory, and has the functions that they import.
fn macos_stand_in() -> Result<PathBuf, String> {
    static STAND_IN: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    let make = || made("macos", "wasmc-macos", "cc", &["-pthread", "loader.c", "library.c"]);
    STAND_IN.get_or_init(make).clone()
}

/// Compiles a stand-in for a system, whose sources are in a folder of this crate, to a file among the temporary ones.
///
/// # Errors
/// What the compiler says, or that it is not there.
pub(crate) fn made(sources: &str, name: &str, compiler: &str, arguments: &[&str]) -> Result<PathBuf, String> {
    let failed = |error: std::io::Error| format!("the stand-in of tests/{sources}: {compiler}: {error}");
    let program = env::temp_dir().join(name);
    // Other tests may make it at the same time.
    let folder = tempfile::tempdir_in(env::temp_dir()).map_err(failed)?;
    let own = folder.path().join(name);
    let mut command = Command::new(compiler);
    command.args(["-O1", "-o"]).arg(&own).args(arguments);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(sources));
    let output = command.output().map_err(failed)?;
    if !output.status.success() {
        return Err(format!("the stand-in of tests/{sources}: {}", String::from_utf8_lossy(&output.stderr)));
    }
    fs::rename(own, &program).map_err(failed)?;
    Ok(program)
}

/// A command that has Wine run what its arguments say, with as little environment as Wine does with.
pub fn wine_command(wine: &Path) -> Command {
    // Where addresses are random, something lies now and then on the page at 0x7ffe0000 that Wine needs, and it gives up.
    let mut command = Command::new("/usr/bin/setarch");
    command.arg("-R").arg(wine).env_clear().env("WINEPREFIX", wine_prefix(wine)).env("WINEDEBUG", "-all");
    // What arguments are written in.
    command.env("LC_ALL", "C.UTF-8");
    command
}

/// What Wine takes for a Windows installation: one for all runs. Wine takes seconds to make one, and it has 700 MB.
fn wine_prefix(wine: &Path) -> &'static Path {
    static PREFIX: OnceLock<PathBuf> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let prefix = env::temp_dir().join("wasmc-wine");
        // Whoever fails here learns it from the first program that is run.
        let _ = fs::create_dir_all(&prefix);
        // Else Wine's server, and all that it starts for the first program, may end between two programs.
        let servers = ["wineserver64", "wineserver"].map(|name| wine.with_file_name(name));
        if let Some(server) = servers.iter().find(|server| server.is_file()) {
            let mut command = Command::new(server);
            command.arg("-p60").env_clear().env("WINEPREFIX", &prefix).env("WINEDEBUG", "-all");
            let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        }
        let mut command = Command::new(wine);
        command.args(["wineboot", "--init"]).env_clear().env("WINEPREFIX", &prefix).env("WINEDEBUG", "-all");
        let _ = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        prefix
    })
}

/// The target that an executable is for.
pub(crate) fn target_of(executable: &[u8]) -> Option<Target> {
    let elf = elf_architecture(executable).map(|architecture| (architecture, OperatingSystem::Linux));
    let macos = || mach_o_architecture(executable).map(|architecture| (architecture, OperatingSystem::MacOs));
    let windows = || executable.starts_with(b"MZ").then_some((Architecture::X86_64, OperatingSystem::Windows));
    let (architecture, system) = elf.or_else(windows).or_else(macos)?;
    Target::ALL.iter().copied().find(|target| target.architecture == architecture && target.system == system)
}

/// The architecture that a Mach-O file is for.
fn mach_o_architecture(executable: &[u8]) -> Option<Architecture> {
    let processor = executable.strip_prefix(b"\xcf\xfa\xed\xfe")?.first_chunk::<4>()?;
    match u32::from_le_bytes(*processor) {
        0x0100_0007 => Some(Architecture::X86_64),
        0x0100_000c => Some(Architecture::Aarch64),
        _ => None,
    }
}

/// The architecture that an ELF file is for.
fn elf_architecture(executable: &[u8]) -> Option<Architecture> {
    const MACHINE: usize = 18;
    executable.strip_prefix(b"\x7fELF")?;
    let machine = executable.get(MACHINE..)?.first_chunk::<2>()?;
    match u16::from_le_bytes(*machine) {
        62 => Some(Architecture::X86_64),
        183 => Some(Architecture::Aarch64),
        243 => Some(Architecture::Riscv64),
        _ => None,
    }
}
