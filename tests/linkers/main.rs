//! Do objects link with the linkers that people have? `--emit obj` and the runtime library, linked by the C compilers that
//! are installed, by GNU's linker for Windows, or by LLVM's linkers for Windows and macOS, give programs that do what ours do:
//! print, trap with a backtrace, and end with the same status. What nothing here runs needs the same of the system, and what is for
//! macOS has the same functions.

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use object::{Object, ObjectSymbol};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use wasmc_compiler::{Architecture, Emit, MemoryChecks, ObjectFormat, Options, Target, runtime_archive, system_stub};
use wasmc_tests::{Limits, Program, Runner, build, has_runner, not_run, run};

/// Prints a line, and traps in a function that another one calls.
const MODULE: &str = r#"(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\06\00\00\00hello\n")
  (global $count (mut i32) (i32.const 0))
  (table funcref (elem $divide))
  (func $divide (param i32) (result i32) (i32.div_u (i32.const 7) (local.get 0)))
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32)))
    (global.set $count (i32.add (global.get $count) (call_indirect (param i32) (result i32) (i32.const 7) (i32.const 0))))
    (drop (call_indirect (param i32) (result i32) (i32.sub (global.get $count) (i32.const 1)) (i32.const 0)))))"#;

/// The C compilers that call the linkers, GNU's and LLVM's; for Windows, GNU's for Windows and LLVM's linker itself.
#[derive(Clone, Copy, Debug)]
enum Linker {
    Gcc,
    ClangWithLld,
    Mingw,
    LldLink,
    Ld64Lld,
}

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for target in Target::ALL.iter().copied() {
        for linker in Linker::of(target).iter().copied() {
            for debug in [false, true] {
                let name = format!("{linker:?} {}{}", target.name, if debug { " -g" } else { "" });
                trials.push(Trial::ignorable_test(name, move || check(target, linker, debug)));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

impl Linker {
    /// Those for a target.
    fn of(target: Target) -> &'static [Linker] {
        match target.object_format() {
            ObjectFormat::Elf => &[Linker::Gcc, Linker::ClangWithLld],
            ObjectFormat::Coff if target.architecture == Architecture::X86_64 => &[Linker::Mingw, Linker::LldLink],
            ObjectFormat::Coff => &[Linker::LldLink],
            ObjectFormat::MachO => &[Linker::Ld64Lld, Linker::ClangWithLld],
        }
    }

    /// What tells it how to link, and the file to write.
    fn arguments(self, target: Target) -> &'static [&'static str] {
        match self {
            Linker::ClangWithLld if target.object_format() == ObjectFormat::MachO => {
                &["-nostdlib", "-Wl,-dead_strip", "-Wl,-fatal_warnings", "-o", "program.exe", "libSystem.tbd"]
            }
            Linker::Gcc | Linker::ClangWithLld => {
                &["-nostdlib", "-static", "-no-pie", "-Wl,--gc-sections", "-Wl,--fatal-warnings", "-o", "program.exe"]
            }
            Linker::Mingw => &["-nostdlib", "-Wl,--entry=wasmc_start,--gc-sections", "-o", "program.exe"],
            Linker::LldLink => {
                &["/entry:wasmc_start", "/subsystem:console", "/nodefaultlib", "/WX", "/out:program.exe"]
            }
            Linker::Ld64Lld => &["-dead_strip", "-fatal_warnings", "-o", "program.exe", "libSystem.tbd"],
        }
    }

    /// The command, and the package that it is in.
    fn command(self, target: Target) -> (Command, &'static str) {
        let triple = format!("{}-linux-gnu", target.architecture.name());
        match (self, target.architecture) {
            (Linker::Gcc, architecture) => {
                let package = match architecture {
                    Architecture::X86_64 => "gcc",
                    Architecture::Aarch64 => "gcc-aarch64-linux-gnu",
                    Architecture::Riscv64 => "gcc-riscv64-linux-gnu",
                };
                (Command::new(format!("{triple}-gcc")), package)
            }
            (Linker::ClangWithLld, architecture) if target.object_format() == ObjectFormat::MachO => {
                let mut command = Command::new("clang-19");
                command.arg(format!("--target={}-apple-macos13.0", macos_name(architecture)));
                command.arg("-fuse-ld=lld");
                (command, "clang-19 lld-19")
            }
            (Linker::Ld64Lld, architecture) => {
                let mut command = Command::new("ld64.lld-19");
                command.args(["-arch", macos_name(architecture), "-platform_version", "macos", "13.0", "13.0"]);
                (command, "lld-19")
            }
            (Linker::ClangWithLld, _) => {
                let mut command = Command::new("clang-19");
                command.arg(format!("--target={triple}")).arg("-fuse-ld=lld-19");
                (command, "clang-19 lld-19")
            }
            (Linker::Mingw, _) => (Command::new("x86_64-w64-mingw32-gcc"), "gcc-mingw-w64-x86-64-win32"),
            (Linker::LldLink, _) => (Command::new("lld-link-19"), "lld-19"),
        }
    }
}

/// What macOS calls an architecture.
fn macos_name(architecture: Architecture) -> &'static str {
    if architecture == Architecture::Aarch64 { "arm64" } else { "x86_64" }
}

fn check(target: Target, linker: Linker, debug: bool) -> Result<Completion, Failed> {
    if let (true, Err(missing)) = (has_runner(target), Runner::of(target)) {
        return not_run(missing);
    }
    let folder = tempfile::tempdir()?;
    let options = |emit| Options { target, emit, debug, ..Options::default() };
    fs::write(folder.path().join("module.o"), build(MODULE.as_bytes(), "module", &options(Emit::Object))?)?;
    fs::write(folder.path().join("libwasmc_runtime.a"), runtime_archive(target)?)?;
    if let Some((name, stub)) = system_stub(target)? {
        fs::write(folder.path().join(name), stub)?;
    }
    let linked = match link(folder.path(), target, linker)? {
        Ok(linked) => linked,
        Err(package) => return not_run(format_args!("{linker:?}: apt-get install {package}")),
    };
    if target.object_format() == ObjectFormat::MachO {
        // As objects are made, for whatever they will be linked with.
        let options = Options { memory_checks: MemoryChecks::Explicit, ..options(Emit::Executable) };
        let ours = symbols(&build(MODULE.as_bytes(), "module", &options)?)?;
        let theirs = symbols(&linked)?;
        if ours != theirs {
            return Err(format!("{theirs:#?}\ninstead of\n{ours:#?}").into());
        }
    }
    let ours = build(MODULE.as_bytes(), "module", &options(Emit::Executable))?;
    if !has_runner(target) {
        return compare_imports(&ours, &linked);
    }
    let (ours, theirs) = (outcome(&ours)?, outcome(&linked)?);
    if ours != theirs {
        return Err(format!("{theirs:?}\ninstead of\n{ours:?}").into());
    }
    let (status, stdout, _) = ours;
    if (status, stdout.as_str()) != (134, "hello\n") {
        return Err(format!("status {status}, {stdout}").into());
    }
    Ok(Completion::Completed)
}

/// The executable; the package of the linker when that is not installed.
fn link(folder: &Path, target: Target, linker: Linker) -> Result<Result<Vec<u8>, &'static str>, Failed> {
    let (mut command, package) = linker.command(target);
    command.args(linker.arguments(target)).args(["module.o", "libwasmc_runtime.a"]).current_dir(folder);
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Err(package)),
        Err(error) => return Err(error.into()),
    };
    if !output.status.success() {
        return Err(format!("{command:?}:\n{}", String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(Ok(fs::read(folder.join("program.exe"))?))
}

/// Whether both are for the same processor and need the same of the system.
fn compare_imports(ours: &[u8], theirs: &[u8]) -> Result<Completion, Failed> {
    let (ours, theirs) = (object::File::parse(ours)?, object::File::parse(theirs)?);
    let imports = |file: &object::File<'_>| -> Result<BTreeSet<String>, object::Error> {
        file.imports()?.map(|import| import.map(|import| format!("{:?}", import.name()))).collect()
    };
    let (wanted, found) = (imports(&ours)?, imports(&theirs)?);
    if ours.architecture() != theirs.architecture() || wanted != found || found.is_empty() {
        return Err(
            format!("{:?} {found:?}\ninstead of\n{:?} {wanted:?}", theirs.architecture(), ours.architecture()).into()
        );
    }
    Ok(Completion::Completed)
}

/// Names of functions and of data, and of what is imported, and whether it is.
fn symbols(executable: &[u8]) -> Result<BTreeSet<(String, bool)>, Failed> {
    let file = object::File::parse(executable)?;
    let described = file.symbols().map(|symbol| Ok((symbol.name()?.to_owned(), symbol.is_undefined())));
    let symbols: BTreeSet<(String, bool)> = described.collect::<Result<_, object::Error>>()?;
    if symbols.contains(&("_main".to_owned(), false)) { Ok(symbols) } else { Err("no entry".into()) }
}

/// Exit status, and what it writes.
fn outcome(executable: &[u8]) -> Result<(i32, String, String), Failed> {
    let program = Program::new(executable)?;
    let ended = run(program.command(), &[], Limits::SMALL)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok((ended.status, text(&ended.stdout), text(&ended.stderr)))
}
