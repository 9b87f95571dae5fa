//! What a person may ask of a build. The command line fills it in; every stage reads it; nothing
//! here is derived.

use crate::module::Features;
use crate::target::Target;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::str::FromStr;

/// Everything that decides what a build produces. Equal options and equal input give equal bytes,
/// except for `jobs`, which never changes the output.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Options {
    /// The platform the output is for.
    pub target: Target,
    /// The proposals that the module may use, among those that wasmc compiles.
    pub features: Features,
    /// What to produce.
    pub emit: Emit,
    /// How hard to optimise.
    pub opt_level: OptLevel,
    /// Tell debuggers of lines, functions, variables and types, and backtraces where guarded accesses come from (`-g`).
    pub debug: bool,
    /// What there is beside the module that says where it comes from.
    pub sources: Sources,
    /// Worker threads; the machine's parallelism when absent.
    pub jobs: Option<NonZeroUsize>,
    /// The instructions that may be used.
    pub cpu: Cpu,
    /// How accesses to linear memory are bounded.
    pub memory_checks: MemoryChecks,
    /// Whether instance state is addressed by symbol or through a parameter.
    pub instances: InstanceMode,
    /// Bytes of stack for WebAssembly frames.
    pub stack_size: u64,
    /// What the program may touch.
    pub grants: Grants,
    /// Turn each import that nothing provides into a trap instead of an error.
    pub stub_imports: bool,
    /// The export to run instead of `_start`.
    pub invoke: Option<String>,
    /// The linker, where one is needed, instead of the one that is found.
    pub linker: Option<PathBuf>,
}

/// 8 MiB, what Linux gives a native program.
pub const DEFAULT_STACK_SIZE: u64 = 8 << 20;

impl Default for Options {
    fn default() -> Options {
        Options {
            target: Target::host(),
            features: Features::supported(),
            emit: Emit::Executable,
            opt_level: OptLevel::O2,
            debug: false,
            sources: Sources::default(),
            jobs: None,
            cpu: Cpu::default(),
            memory_checks: MemoryChecks::Auto,
            instances: InstanceMode::Static,
            stack_size: DEFAULT_STACK_SIZE,
            grants: Grants::default(),
            stub_imports: false,
            invoke: None,
            linker: None,
        }
    }
}

/// Files beside a module that say where it comes from. [`named_files`](crate::named_files) tells which it names.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Sources {
    /// With `debug`, the file that a module without debug information comes from: the input where that is text, else
    /// where the caller is going to write [`Artifact::text`](crate::Artifact::text).
    pub text_path: Option<PathBuf>,
    /// A module with the DWARF of this one.
    pub debug_module: Option<Vec<u8>>,
    /// A source map (ECMA-426).
    pub source_map: Option<Vec<u8>>,
}

/// What a build produces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Emit {
    /// A program that runs.
    Executable,
    /// A relocatable object, before linking.
    Object,
    /// Cranelift IR as lowering made it, all functions in index order.
    Clif,
    /// Cranelift IR after the optimiser.
    OptimizedClif,
    /// Machine code as assembly, each instruction with the wasm offset it comes from.
    Assembly,
}

/// How hard to optimise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OptLevel {
    /// Fast compilation, no optimisation.
    O0,
    /// Like `O2`, for now.
    O1,
    /// Speed.
    O2,
    /// Speed and size.
    Os,
}

/// Which instructions generated code may use: a baseline, then features switched on or off.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Cpu {
    /// The set to start from.
    pub baseline: CpuBaseline,
    /// Features added (`true`) or removed (`false`), in the order given; Cranelift's names.
    pub features: Vec<(String, bool)>,
}

/// A named set of processor features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum CpuBaseline {
    /// What the target promises by default: its first baseline.
    #[default]
    Portable,
    /// SSE4.2, POPCNT, CX16: 2009 and later.
    X86_64V2,
    /// AVX2, BMI1, BMI2, FMA, LZCNT: 2013 and later.
    X86_64V3,
    /// The first 64-bit Arm processors: 2012 and later.
    Armv8A,
    /// With LSE atomics: 2016 and later.
    Armv8_1A,
    /// RISC-V as every board with Linux has it, without vectors.
    Rv64Gc,
    /// With vectors.
    Rv64Gcv,
    /// The profile RVA22U64: bit manipulation, no vectors.
    Rva22,
    /// The profile RVA23U64: bit manipulation and vectors.
    Rva23,
    /// Whatever the machine that compiles has.
    Native,
}

impl CpuBaseline {
    const ALL: &[CpuBaseline] = &[
        CpuBaseline::Portable,
        CpuBaseline::X86_64V2,
        CpuBaseline::X86_64V3,
        CpuBaseline::Armv8A,
        CpuBaseline::Armv8_1A,
        CpuBaseline::Rv64Gc,
        CpuBaseline::Rv64Gcv,
        CpuBaseline::Rva22,
        CpuBaseline::Rva23,
        CpuBaseline::Native,
    ];

    /// As `--cpu` takes it.
    pub fn name(self) -> &'static str {
        match self {
            CpuBaseline::Portable => "baseline",
            CpuBaseline::X86_64V2 => "x86-64-v2",
            CpuBaseline::X86_64V3 => "x86-64-v3",
            CpuBaseline::Armv8A => "armv8-a",
            CpuBaseline::Armv8_1A => "armv8.1-a",
            CpuBaseline::Rv64Gc => "rv64gc",
            CpuBaseline::Rv64Gcv => "rv64gcv",
            CpuBaseline::Rva22 => "rva22",
            CpuBaseline::Rva23 => "rva23",
            CpuBaseline::Native => "native",
        }
    }
}

impl FromStr for Cpu {
    type Err = String;

    /// Reads the name of a baseline, and `+feature` / `-feature` after commas.
    fn from_str(text: &str) -> Result<Cpu, String> {
        let mut cpu = Cpu::default();
        for (position, part) in text.split(',').enumerate() {
            if let Some(feature) = part.strip_prefix('+') {
                cpu.features.push((feature.to_owned(), true));
            } else if let Some(feature) = part.strip_prefix('-') {
                cpu.features.push((feature.to_owned(), false));
            } else if position == 0 {
                let named = CpuBaseline::ALL.iter().find(|baseline| baseline.name() == part);
                cpu.baseline = *named.ok_or_else(|| unknown_baseline(part))?;
            } else {
                return Err(format!("expected +feature or -feature, found `{part}`"));
            }
        }
        Ok(cpu)
    }
}

fn unknown_baseline(name: &str) -> String {
    let names: Vec<&str> = CpuBaseline::ALL.iter().map(|baseline| baseline.name()).collect();
    format!("unknown cpu `{name}`: expected one of {}", names.join(", "))
}

/// How accesses to linear memory are bounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MemoryChecks {
    /// `Guard` for executables with 32-bit memories, `Explicit` otherwise.
    Auto,
    /// Reserve the whole index space and let the hardware fault. Memories with 64-bit indices, and those whose pages
    /// are smaller than the processor's, are `Explicit` nevertheless.
    Guard,
    /// Compare every address that is not provably in bounds.
    Explicit,
}

/// How generated code reaches instance state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InstanceMode {
    /// One instance, addressed by symbol.
    Static,
    /// Any number; each function takes the instance first.
    Dynamic,
}

/// What a program may touch beyond its arguments and standard streams.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Grants {
    /// Directories, in the order of their descriptors.
    pub directories: Vec<DirectoryGrant>,
    /// Environment variables.
    pub variables: Vec<VariableGrant>,
    /// Grant the whole environment of the process.
    pub inherit_environment: bool,
    /// Addresses of TCP sockets that listen, in the order of their descriptors; port 0 lets the system choose one.
    pub listeners: Vec<SocketAddr>,
    /// Refuse every grant made when the program starts.
    pub sealed: bool,
}

/// A host directory and the name the program knows it by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DirectoryGrant {
    /// The directory on the machine that runs the program.
    pub host: PathBuf,
    /// Its name inside the program.
    pub guest: String,
    /// Nothing below it may be changed.
    pub read_only: bool,
}

impl FromStr for DirectoryGrant {
    type Err = String;

    /// Reads `HOST[::GUEST][:ro]`; the guest name is the host's when absent.
    fn from_str(text: &str) -> Result<DirectoryGrant, String> {
        let (path, read_only) = match text.strip_suffix(":ro") {
            Some(path) => (path, true),
            None => (text, false),
        };
        let (host, guest) = path.split_once("::").unwrap_or((path, path));
        if host.is_empty() || guest.is_empty() {
            return Err(format!("expected HOST[::GUEST][:ro], found `{text}`"));
        }
        if host.contains('\0') || guest.contains('\0') {
            return Err("a path cannot contain a NUL byte".to_owned());
        }
        Ok(DirectoryGrant { host: PathBuf::from(host), guest: guest.to_owned(), read_only })
    }
}

/// An environment variable that the program sees.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct VariableGrant {
    /// Its name.
    pub name: String,
    /// Its value; when absent, the one it has when the program starts.
    pub value: Option<String>,
}

impl FromStr for VariableGrant {
    type Err = String;

    /// Reads `NAME[=VALUE]`.
    fn from_str(text: &str) -> Result<VariableGrant, String> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (text, None),
        };
        if name.is_empty() || text.contains('\0') {
            return Err(format!("expected NAME[=VALUE], found `{text}`"));
        }
        Ok(VariableGrant { name: name.to_owned(), value })
    }
}
