//! What gdb makes of the tables.

use libtest_mimic::{Completion, Failed};
use std::process::Command;
use wasmc_compiler::Target;
use wasmc_tests::{Program, not_run};

/// The functions of the program, and those of the runtime below them that are there for sure.
const FUNCTIONS: [&str; 7] = ["inner", "outer", "entry", "trampoline", "run", "call_on_stack", "start"];

/// The signal stops the program in the function that raised it.
pub(crate) fn from_a_function(program: &Program) -> Result<Completion, Failed> {
    check(program, &["run", "backtrace"], &FUNCTIONS)
}

/// The handler runs on a stack of its own.
pub(crate) fn from_a_handler(program: &Program) -> Result<Completion, Failed> {
    let commands = ["handle SIGSEGV nostop noprint pass", "break wasmc_runtime::trap::stop", "run", "backtrace"];
    let expected: Vec<&str> =
        ["trap::stop", "handle", "<signal handler called>"].into_iter().chain(FUNCTIONS).collect();
    check(program, &commands, &expected)
}

/// Whether the frames that gdb shows are of `expected`, innermost first, others between them, and `_start` is the last one.
fn check(program: &Program, commands: &[&str], expected: &[&str]) -> Result<Completion, Failed> {
    if Target::host().name != "x86_64-linux" {
        return not_run("an x86-64 machine: elsewhere the kernel's own code is in the walk");
    }
    let mut gdb = Command::new("gdb");
    gdb.args(["-nx", "-batch"]).args(commands.iter().flat_map(|command| ["-ex", command])).arg(program.path());
    // It may want to ask others about the program.
    gdb.env("DEBUGINFOD_URLS", "").current_dir(program.work());
    let output = match gdb.output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return not_run("gdb: apt-get install gdb"),
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
