//! The command line, defined once: the parser, `--help`, the completions and the manual pages are
//! all made from the types in this folder.

mod compile;
mod order;
mod values;

pub(crate) use compile::{CodeArgs, CompileArgs, Print};
pub(crate) use order::parse;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use std::ffi::OsString;
use std::path::PathBuf;
use wasmc_compiler::{Emit, Features, Target};

/// Where bugs are reported: the package's repository, if it names one.
const REPORT_ADDRESS: &str = if env!("CARGO_PKG_REPOSITORY").is_empty() {
    "the place you have wasmc from"
} else {
    env!("CARGO_PKG_REPOSITORY")
};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "wasmc",
    version,
    about = "Compiles WebAssembly to self-contained native executables",
    long_about = "Compiles WebAssembly to self-contained native executables.\n\n\
        The input is a module, binary (.wasm) or text (.wat), told apart by content. The output runs by itself: \
        no WebAssembly runtime, no libc, no linker and no C compiler are needed, neither to make it nor to run \
        it. It stays in the sandbox: beyond its arguments and standard streams it can touch only what was \
        granted with --dir, --env and --tcp-listen.",
    after_help = "Run `wasmc help COMMAND` for the options of a command, or `wasmc --help` for more.",
    after_long_help = format!(
        "Examples:\n  \
         wasmc run hello.wat\n  \
         wasmc build app.wasm -o app && ./app\n  \
         wasmc build app.wasm --dir ./data::/data:ro --env LANG\n  \
         wasmc inspect app.wasm\n\n\
         Exit status:\n  \
         0    success; for `wasmc run`, whatever the program exits with\n  \
         1    the input is not a valid module, or a test failed\n  \
         2    the command line makes no sense\n  \
         3    the module uses a proposal that wasmc does not compile\n  \
         4    the module has imports that nothing provides\n  \
         5    a file, permission, tool or export is missing\n  \
         101  a bug in wasmc\n  \
         141  standard output was closed\n\n\
         Environment:\n  \
         XDG_CACHE_HOME    where the cache is, in the folder wasmc [default: ~/.cache]\n  \
         WASMC_CACHE_SIZE  how large it may be, such as 500M [default: 1G]\n  \
         NO_COLOR          no colours\n\n\
         Environment of the programs that wasmc makes, unless they were built with --sealed:\n  \
         WASMC_DIR         directories to grant, each as for --dir, with `;` between them\n  \
         WASMC_ENV         environment variables to grant, each as for --env, with `;` between them\n  \
         WASMC_TCP_LISTEN  sockets to grant, each as for --tcp-listen, with `;` between them\n  \
         WASMC_TRACE       `wasi` shows each WASI call, and what would have to be granted\n  \
         WASMC_COREDUMP    a file for a WebAssembly core dump, to be written when the program traps\n\n\
         In any case:\n  \
         WASMC_BACKTRACE   what a trap shows: `0` no functions, `full` all frames [default: 1]\n\n\
         Report bugs at {REPORT_ADDRESS}."
    ),
    arg_required_else_help = true,
    max_term_width = 100
)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to use colours: auto, always or never
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", hide_default_value = true)]
    #[arg(hide_possible_values = true, display_order = 900)]
    // Read by `color::choose` before the parser runs; it is here to be checked and to be in the help.
    pub(crate) color: ColorChoice,
}

/// The subcommands. Their order is the order of the help.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Compile a module to an executable
    Build(BuildArgs),
    /// Compile a module, unless that was done before, and run it
    Run(RunArgs),
    /// Check that a module is valid and can be compiled
    Validate(ValidateArgs),
    /// Show what a module contains and needs
    Inspect(InspectArgs),
    /// Run test scripts (.wast) as native executables
    Test(TestArgs),
    /// List the platforms that executables can be made for
    Targets(TargetsArgs),
    /// Write the runtime library, for a linker of your own
    Runtime(RuntimeArgs),
    /// Look after the programs and functions that are kept
    Cache(CacheArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man(ManArgs),
}

/// `wasmc build`
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  \
    wasmc build app.wasm                     makes the executable `app` in this directory\n  \
    wasmc build app.wasm -O2 --cpu native    for this machine alone\n  \
    wasmc build app.wasm --dir .             the program may use the directory it is started in\n  \
    wasmc build --emit asm hello.wat -o -    shows the machine code\n  \
    wasmc build lib.wasm --invoke add && ./lib 2 3")]
pub(crate) struct BuildArgs {
    /// The module, .wasm or .wat; `-` reads standard input
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    /// The file to write; `-` writes to standard output
    ///
    /// Left out, it is the name of the input without its extension, in this directory: app.wasm gives app, or
    /// app.o, app.clif or app.s as --emit asks. The file appears complete or not at all.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,

    /// What to produce
    #[arg(long, value_name = "KIND", default_value = "exe", value_parser = values::choice(values::EMIT))]
    pub(crate) emit: Emit,

    /// How to compile.
    #[command(flatten)]
    pub(crate) compile: CompileArgs,
}

/// `wasmc run`
#[derive(Debug, Args)]
#[command(
    override_usage = "wasmc run [OPTIONS] <IN> [ARGS]...\n       wasmc run <IN> [OPTIONS] -- [ARGS]...",
    after_long_help = "Options of wasmc come before IN. What follows IN belongs to the program, whatever it looks like; \
    only when options follow IN and a `--` follows them are they taken by wasmc.\n\n\
    The compiled program is kept in the cache and started from there the next time. It replaces the wasmc \
    process: its exit status and signals are the program's own. Its first argument is the file name of IN.\n\n\
    Examples:\n  \
    wasmc run hello.wat\n  \
    wasmc run --dir . app.wasm --verbose input.txt\n  \
    wasmc run --invoke add add.wat 2 3"
)]
pub(crate) struct RunArgs {
    /// The module, .wasm or .wat (`-` reads standard input), and the program's arguments
    // One list, so that the parser leaves everything after the module alone.
    #[arg(required = true, num_args = 1.., trailing_var_arg = true, value_names = ["IN", "ARGS"])]
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) words: Vec<OsString>,

    /// How to compile.
    #[command(flatten)]
    pub(crate) compile: CompileArgs,
}

/// `wasmc validate`
#[derive(Debug, Args)]
pub(crate) struct ValidateArgs {
    /// The module, .wasm or .wat; `-` reads standard input
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    /// The proposals that the module may use: all, wasm1, wasm2, wasm3, NAME, -NAME
    ///
    /// A set, then proposals to add or remove, separated by commas: wasm2,tail-call.
    #[arg(long, value_name = "FEATURES", default_value = "all", allow_hyphen_values = true)]
    pub(crate) features: Features,
}

/// `wasmc inspect`
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// The module, .wasm or .wat; `-` reads standard input
    #[arg(value_name = "IN", value_hint = ValueHint::FilePath)]
    pub(crate) input: PathBuf,

    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `wasmc test`
#[derive(Debug, Args)]
#[command(
    after_long_help = "A script is a .wast file as the specification's test suite has them: modules, and assertions \
    about what they do. Each script becomes one native executable that carries all of its modules and assertions and \
    runs them; what only a parser or a validator can tell (assert_malformed, assert_invalid) is checked while it is \
    compiled.\n\n\
    Examples:\n  \
    wasmc test i32.wast simd/                     a script, and all scripts below a directory\n  \
    wasmc test --instances dynamic -O0 i32.wast   the same in other ways to compile\n  \
    wasmc test --json i32.wast                    for a script to read\n\n\
    The exit status is 1 when anything failed."
)]
pub(crate) struct TestArgs {
    /// Scripts, or directories to search for files that end in .wast
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub(crate) inputs: Vec<PathBuf>,

    /// Start each executable with this command, such as an emulator
    ///
    /// Words are separated by spaces; the path of the executable is added at the end.
    #[arg(long, value_name = "CMD")]
    pub(crate) runner: Option<String>,

    /// Stop an executable that runs longer than this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(crate) timeout: u64,

    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,

    /// Show failures and the totals only
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// How to compile.
    #[command(flatten)]
    pub(crate) code: CodeArgs,
}

/// `wasmc targets`
#[derive(Debug, Args)]
pub(crate) struct TargetsArgs {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// `wasmc runtime`
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  \
    wasmc build app.wasm --emit obj && wasmc runtime\n  \
    gcc -nostdlib -static -Wl,--gc-sections app.o libwasmc_runtime.a -o app\n\n\
    The runtime brings the start of the process, and needs neither libc nor compiler library. The program lies at \
    fixed addresses: it is linked statically, and not as position-independent.")]
pub(crate) struct RuntimeArgs {
    /// The platform it is for; `wasmc targets` lists them
    #[arg(long, value_name = "TARGET", default_value = Target::host().name, value_parser = values::target())]
    pub(crate) target: Target,

    /// Write what a linker must know of the system's library instead: for macOS, where there is no SDK
    #[arg(long)]
    pub(crate) stub: bool,

    /// The file to write; `-` writes to standard output [default: libwasmc_runtime.a,
    /// wasmc_runtime.lib for Windows, or libSystem.tbd for a stub]
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::FilePath)]
    pub(crate) output: Option<PathBuf>,
}

/// `wasmc cache`
#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    /// What to do with it.
    #[command(subcommand)]
    pub(crate) action: CacheAction,
}

/// What to do with the cache.
#[derive(Clone, Copy, Debug, Subcommand)]
pub(crate) enum CacheAction {
    /// Print the directory it is in
    Dir,
    /// Print what it holds and how large that is
    Info,
    /// Remove everything from it
    Clear,
}

/// `wasmc completions`
#[derive(Debug, Args)]
#[command(after_long_help = "Examples:\n  \
    wasmc completions bash > ~/.local/share/bash-completion/completions/wasmc\n  \
    wasmc completions zsh > \"${fpath[1]}/_wasmc\"\n  \
    wasmc completions fish > ~/.config/fish/completions/wasmc.fish")]
pub(crate) struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: Shell,
}

/// `wasmc man`
#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Write a page for wasmc and one for each command into this directory instead
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_argument_has_a_help_text() {
        fn check(command: &clap::Command) {
            for argument in command.get_arguments() {
                assert!(argument.get_help().is_some(), "{} {} has no help", command.get_name(), argument.get_id());
            }
            assert!(command.get_about().is_some(), "{} has no description", command.get_name());
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }
}
