//! The options that `wasmc build` and `wasmc run` share.

use super::values;
use clap::{ArgAction, Args, ValueEnum, ValueHint};
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use wasmc_compiler::{
    Cpu, DirectoryGrant, Emit, Features, Grants, InstanceMode, MemoryChecks, OptLevel, Options, Target, VariableGrant,
};

const CODE: &str = "Code generation";
const GRANTS: &str = "What the program may touch";
const REPORT: &str = "What is reported";

/// How to compile.
#[derive(Debug, Args)]
pub(crate) struct CompileArgs {
    /// How code is made.
    #[command(flatten)]
    code: CodeArgs,

    /// Turn each imported function that nothing provides into a trap that names it
    #[arg(long, help_heading = CODE)]
    stub_imports: bool,

    /// Run this export instead of `_start`, with the program's arguments as its parameters
    ///
    /// Parameters are numbers, read according to their types; results are printed one per line. A module that
    /// exports `_initialize` has it called first.
    #[arg(long, value_name = "NAME", help_heading = CODE)]
    invoke: Option<String>,

    /// Grant a directory; may be given several times
    ///
    /// The program sees HOST, and everything below it, as GUEST (the same name when left out), and cannot leave
    /// it, not even through symbolic links. With :ro it can change nothing there. HOST is looked up when the
    /// program starts; a relative one is relative to the directory it is started in.
    #[arg(long, value_name = "HOST[::GUEST][:ro]", value_hint = ValueHint::DirPath, help_heading = GRANTS)]
    dir: Vec<DirectoryGrant>,

    /// Grant an environment variable; may be given several times
    ///
    /// With a value, the program always sees that one; without, the one NAME has when the program starts, if any.
    #[arg(long, value_name = "NAME[=VALUE]", help_heading = GRANTS)]
    env: Vec<VariableGrant>,

    /// Grant every environment variable that the program is started with
    #[arg(long, help_heading = GRANTS)]
    inherit_env: bool,

    /// Grant a TCP socket that listens on this address; may be given several times
    ///
    /// Such as 127.0.0.1:8080 or [::]:8080. The program finds the sockets open, from descriptor 3 on, in this order,
    /// with its directories behind them, and accepts connections from them; it can make none. For port 0 the system
    /// chooses one, which the program then says on standard error. A program that never accepts opens nothing.
    #[arg(long, value_name = "ADDR:PORT", value_parser = values::socket_address, help_heading = GRANTS)]
    tcp_listen: Vec<SocketAddr>,

    /// Let nothing be granted when the program starts
    ///
    /// Without it, WASMC_DIR, WASMC_ENV and WASMC_TCP_LISTEN grant more: the environment variables hold what --dir,
    /// --env and --tcp-listen take, with `;` between one and the next. Nor can the program's WASI calls be watched then
    /// (WASMC_TRACE=wasi), nor does it write core dumps (WASMC_COREDUMP).
    #[arg(long, help_heading = GRANTS)]
    sealed: bool,

    /// Neither look into the cache nor add to it
    ///
    /// It has the programs that `wasmc run` compiled, and the functions of larger modules: one that is compiled again, from
    /// the same file with the same options, has only those functions compiled that have changed. What comes out is the
    /// same with and without it.
    #[arg(long, help_heading = CODE)]
    pub(crate) no_cache: bool,

    /// Print the link command, or the time and peak memory of each stage
    ///
    /// To standard output, unless the program or the build's own output goes there: then to standard error.
    #[arg(long, value_name = "WHAT", value_delimiter = ',', help_heading = REPORT)]
    pub(crate) print: Vec<Print>,

    /// Print the timings as JSON
    #[arg(long, requires = "print", help_heading = REPORT)]
    pub(crate) json: bool,

    /// Show neither progress nor notes, only errors
    #[arg(short, long, action = ArgAction::SetTrue, help_heading = REPORT)]
    pub(crate) quiet: bool,
}

/// How code is made, of whatever it is part.
#[derive(Debug, Args)]
pub(crate) struct CodeArgs {
    /// How hard to optimise
    #[arg(short = 'O', value_name = "LEVEL", default_value = "2", help_heading = CODE)]
    #[arg(value_parser = values::choice(values::OPT_LEVEL))]
    opt_level: OptLevel,

    /// Tell debuggers of lines, functions, variables and types
    ///
    /// What the module has of DWARF becomes that of the program, so that gdb and profilers show its sources. A module
    /// without it is shown as text: where the input is a binary, that is written beside the output, as app.wat for app.
    /// No instruction changes. Debuggers and profilers find the names of functions, and walk the stack, without -g, too;
    /// with it, also between the first instructions of a function. Backtraces show where in the module a memory
    /// access was out of bounds, all programs can show their WASI calls (WASMC_TRACE=wasi), and write core dumps
    /// (WASMC_COREDUMP).
    ///
    /// At -O0, variables keep their places as long as their functions run; else those that are not needed any more are gone.
    #[arg(short = 'g', help_heading = CODE)]
    debug: bool,

    /// Threads to compile with; the output is the same for any number [default: one per processor]
    #[arg(short, long, value_name = "N", help_heading = CODE)]
    jobs: Option<NonZeroUsize>,

    /// The processor to compile for: baseline, native, x86-64-v3, armv8.1-a, rv64gcv or another name, +FEATURE, -FEATURE
    ///
    /// A name, then features to add or remove, separated by commas: x86-64-v2,+bmi2. `baseline` runs on every
    /// x86-64 processor since 2009, on every 64-bit Arm processor and on every RISC-V processor that runs Linux, `native`
    /// only where this machine's instructions exist. The other names: x86-64-v2, armv8-a, rv64gc (these are the baselines),
    /// rva22, rva23. SIMD on RISC-V needs vectors, which rv64gcv and rva23 have. A program that finds less where it is
    /// started says what is missing.
    #[arg(long, value_name = "CPU", default_value = "baseline", allow_hyphen_values = true, help_heading = CODE)]
    cpu: Cpu,

    /// The platform to compile for; `wasmc targets` lists them
    #[arg(long, value_name = "TARGET", default_value = Target::host().name, help_heading = CODE)]
    #[arg(value_parser = values::target())]
    target: Target,

    /// The proposals that modules may use: all, wasm1, wasm2, wasm3, NAME, -NAME
    ///
    /// A set, then proposals to add or remove, separated by commas: wasm2,tail-call. The sets are those of the
    /// versions of the standard, as far as wasmc compiles them; a list without a set changes `all`.
    #[arg(long, value_name = "FEATURES", default_value = "all", allow_hyphen_values = true, help_heading = CODE)]
    features: Features,

    /// How accesses to linear memory are bounded
    #[arg(long, value_name = "HOW", default_value = "auto", help_heading = CODE)]
    #[arg(value_parser = values::choice(values::MEMORY_CHECKS))]
    memory_checks: MemoryChecks,

    /// How many instances of the module there can be
    #[arg(long, value_name = "HOW", default_value = "static", help_heading = CODE)]
    #[arg(value_parser = values::choice(values::INSTANCES))]
    instances: InstanceMode,

    /// Stack for WebAssembly calls, in bytes or as 512K, 8M, 1G
    ///
    /// A program that needs more stops with the trap `call stack exhausted`. K, M and G are powers of 1024.
    #[arg(long, value_name = "SIZE", default_value = "8M", value_parser = values::stack_size, help_heading = CODE)]
    stack_size: u64,

    /// The linker for targets that need one, instead of the one that is found
    ///
    /// Executables for Linux need none. Those for Windows and macOS are linked by lld, called as lld-link or as ld64.lld is:
    /// the one in the sysroot of rustc, or the one on the path.
    #[arg(long, value_name = "PATH", value_hint = ValueHint::ExecutablePath, help_heading = CODE)]
    linker: Option<PathBuf>,
}

impl CodeArgs {
    /// What the compiler is asked to do, as far as these say.
    pub(crate) fn options(&self) -> Options {
        Options {
            target: self.target,
            features: self.features,
            opt_level: self.opt_level,
            debug: self.debug,
            jobs: self.jobs,
            cpu: self.cpu.clone(),
            memory_checks: self.memory_checks,
            instances: self.instances,
            stack_size: self.stack_size,
            linker: self.linker.clone(),
            ..Options::default()
        }
    }
}

/// What `--print` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Print {
    /// The command that links the executable
    Link,
    /// Time and peak memory of each stage
    Timings,
}

impl CompileArgs {
    /// What the compiler is asked to do.
    pub(crate) fn options(&self, emit: Emit) -> Options {
        Options {
            emit,
            grants: Grants {
                directories: self.dir.clone(),
                variables: self.env.clone(),
                inherit_environment: self.inherit_env,
                listeners: self.tcp_listen.clone(),
                sealed: self.sealed,
            },
            stub_imports: self.stub_imports,
            invoke: self.invoke.clone(),
            ..self.code.options()
        }
    }

    /// Whether `--print what` was given.
    pub(crate) fn prints(&self, what: Print) -> bool {
        self.print.contains(&what)
    }
}

#[cfg(test)]
mod tests {
    use crate::args::{Cli, Command};
    use clap::Parser;
    use wasmc_compiler::{Emit, Options};

    #[test]
    fn the_defaults_are_the_compilers() {
        let cli = Cli::try_parse_from(["wasmc", "build", "a.wat"]).expect("a plain build");
        let Command::Build(args) = cli.command else { panic!("not a build") };
        assert_eq!(args.compile.options(Emit::Executable), Options::default());
    }
}
