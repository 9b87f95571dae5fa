//! Whether a debugger of the system finds the callers of a function, by the tables that the file has for it: Wine's own
//! debugger stops a program for Windows in its innermost function.

use libtest_mimic::{Completion, Failed, Trial};
use wasmc_compiler::{OperatingSystem, Options};
use wasmc_tests::{Limits, Program, Runner, build, foreign_targets, not_run, run, usual_target, wine_command};

/// Three functions, the innermost first: the text begins with it.
const MODULE: &str = "(module
  (func $inner (unreachable))
  (func $middle (call $inner) (call $inner))
  (func (export \"_start\") (call $middle) (call $middle)))";

pub fn trials() -> Vec<Trial> {
    let targets = [usual_target()].into_iter().chain(foreign_targets());
    let windows = targets.filter(|target| target.system == OperatingSystem::Windows);
    let trial = |target: wasmc_compiler::Target| {
        Trial::ignorable_test(format!("debugger/finds callers {}", target.name), move || match Runner::of(target) {
            Ok(_) => walk(&Options { target, ..Options::default() }).map(|()| Completion::Completed),
            Err(missing) => not_run(missing),
        })
    };
    windows.map(trial).collect()
}

fn walk(options: &Options) -> Result<(), Failed> {
    /// Where a linker lays the text if nobody wants it elsewhere, and the length of what sets up a frame.
    const TEXT: u64 = 0x1_4000_1000;
    const PROLOGUE: u64 = 4;
    /// All that the module has in it.
    const LENGTH: u64 = 0x200;
    let program = Program::new(&build(MODULE.as_bytes(), "debugged", options)?)?;
    let commands = format!("break *{:#x}\ncont\nbt\nquit\n", TEXT + PROLOGUE);
    program.write("commands", commands.as_bytes())?;
    let Runner::Wine(wine) = Runner::of(options.target)? else { return Err("a target that Wine runs".into()) };
    let mut command = wine_command(&wine);
    command.args(["winedbg", "--file", "commands"]).arg(program.path()).current_dir(program.work());
    let ended = run(command, &[], Limits::SMALL)?;
    let output = String::from_utf8_lossy(&ended.stdout);
    // `  1 0x00000140001066 in program (+0x1066) (0x000ffffffefdd0)`
    let frames: Vec<u64> = output
        .lines()
        .skip_while(|line| !line.contains("Backtrace:"))
        .filter_map(|line| u64::from_str_radix(line.split_once(" 0x")?.1.split(' ').next()?, 16).ok())
        .collect();
    let of_module = frames.iter().filter(|pc| (TEXT..TEXT + LENGTH).contains(*pc)).count();
    // The trampoline of the entry is one more, and the runtime called that.
    if of_module >= 3 && frames.len() >= of_module + 2 { Ok(()) } else { Err(format!("{frames:x?}\n{output}").into()) }
}
