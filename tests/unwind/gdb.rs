//! What gdb makes of the tables.

use libtest_mimic::{Completion, Failed};
use object::read::elf::ElfFile64;
use object::{Object, ObjectSymbol};
use std::fs;
use std::io::ErrorKind::NotFound;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use wasmc_compiler::{Architecture, Target};
use wasmc_tests::{Program, emulator, not_run};

/// The functions of the program, and those of the runtime below them that are there for sure.
const FUNCTIONS: [&str; 7] = ["inner", "outer", "entry", "trampoline", "run", "call_on_stack", "start"];

/// The signal stops the program in the function that raised it.
pub(crate) fn from_a_function(program: &Program) -> Result<Completion, Failed> {
    if Target::host().name != "x86_64-linux" {
        return not_run("an x86-64 machine");
    }
    check("gdb", program, &["run", "backtrace"], &FUNCTIONS)
}

/// The handler runs on a stack of its own.
pub(crate) fn from_a_handler(program: &Program, target: Target) -> Result<Completion, Failed> {
    let expected: Vec<&str> = ["trap::stop", "<signal handler called>"].into_iter().chain(FUNCTIONS).collect();
    let place = format!("break *{:#x}", address_of(program, "trap4stop")?);
    let pass = "handle SIGSEGV nostop noprint pass";
    if target == Target::host() {
        return check("gdb", program, &[pass, &place, "run", "backtrace"], &expected);
    }
    let mut emulated = match Emulated::start(program, target)? {
        Ok(emulated) => emulated,
        Err(missing) => return not_run(missing),
    };
    let connect = format!("target remote {}", program.work().join(SOCKET).display());
    let completion = check("gdb-multiarch", program, &[&connect, pass, &place, "continue", "backtrace"], &expected);
    // It may still wait to be told to go on.
    let _ = emulated.child.kill();
    let _ = emulated.child.wait();
    completion
}

const SOCKET: &str = "gdb";

/// A program in an emulator that waits for a debugger.
struct Emulated {
    child: Child,
}

impl Emulated {
    /// Starts the program; gives what is missing where that cannot be done.
    fn start(program: &Program, target: Target) -> Result<Result<Emulated, String>, Failed> {
        let mut command = match emulator(target) {
            Ok(emulator) => Command::new(emulator),
            Err(missing) => return Ok(Err(missing)),
        };
        if target.architecture == Architecture::Aarch64 {
            // The emulator's usual one has vectors of a length that it forgets to tell debuggers.
            command.args(["-cpu", "cortex-a72"]);
        }
        let socket = program.work().join(SOCKET);
        command.arg("-g").arg(&socket).arg(program.path()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command.spawn()?;
        let start = Instant::now();
        while !socket.exists() && start.elapsed() < Duration::from_secs(60) {
            sleep(Duration::from_millis(10));
        }
        Ok(Ok(Emulated { child }))
    }
}

/// Where the function of the runtime is whose mangled name has this in it.
fn address_of(program: &Program, part: &str) -> Result<u64, Failed> {
    let executable = fs::read(program.path())?;
    let file = ElfFile64::<object::Endianness>::parse(executable.as_slice())?;
    let symbol = file.symbols().find(|symbol| symbol.name().is_ok_and(|name| name.contains(part)));
    Ok(symbol.ok_or("no such function")?.address())
}

/// Whether the frames that the debugger shows are those of `expected`, innermost first, others between them, and `_start` is
/// the last one.
fn check(debugger: &str, program: &Program, commands: &[&str], expected: &[&str]) -> Result<Completion, Failed> {
    let mut gdb = Command::new(debugger);
    gdb.args(["-nx", "-batch", "-ex"]).arg(format!("file {}", program.path().display()));
    gdb.args(commands.iter().flat_map(|command| ["-ex", command]));
    // It may want to ask others about the program.
    gdb.env("DEBUGINFOD_URLS", "").current_dir(program.work());
    let output = match gdb.output() {
        Ok(output) => output,
        Err(error) if error.kind() == NotFound => {
            return not_run(format_args!("{debugger}: apt-get install {debugger}"));
        }
        Err(error) => return Err(error.into()),
    };
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if text.contains("ptrace: Operation not permitted") {
        return not_run("leave to trace a process (ptrace)");
    }
    let frames: Vec<&str> = text.lines().filter(|line| line.starts_with('#')).collect();
    let mut rest = frames.iter();
    let is_complete = expected.iter().all(|name| rest.any(|frame| frame.contains(name)));
    if is_complete && frames.last().is_some_and(|frame| frame.contains("_start")) {
        return Ok(Completion::Completed);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!("expected {expected:?} down to `_start`, got\n{text}\n{stderr}").into())
}
