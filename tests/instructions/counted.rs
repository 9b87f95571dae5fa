//! Counting the instructions of a program with valgrind.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use wasmc_guests::{Error, Missing, Outcome, Run};
use wasmc_tests::Program;

/// What a guarded 32-bit memory reserves: its index space twice, because an access adds an offset to an index, and a
/// page.
const RESERVED: u64 = (8 << 30) + (64 << 10);
/// What is left of that in a copy to be counted: enough for the memory, and below where valgrind lies.
const LEFT: u64 = 256 << 20;

/// Lets an executable that guards its memory be counted: makes it reserve less.
///
/// Valgrind itself lies in the address space that a guarded memory reserves, so that such an executable ends before it
/// begins. Of its code nothing changes: only the size in the memory's descriptor, which is data.
pub fn countable(executable: &mut [u8]) -> Result<(), Error> {
    let size = RESERVED.to_le_bytes();
    let places: Vec<usize> =
        executable.windows(size.len()).enumerate().filter(|(_, bytes)| *bytes == size).map(|(at, _)| at).collect();
    let [place] = places[..] else {
        let message = format!("{} places hold the number of bytes that a guarded memory reserves", places.len());
        return Err(Error::Failed(message));
    };
    executable[place..place + size.len()].copy_from_slice(&LEFT.to_le_bytes());
    Ok(())
}

/// Does a run and counts its instructions, those of the runtime included.
pub fn count(run: &Run, program: &Program) -> Result<(Outcome, u64), Error> {
    let path = env::var_os("PATH").unwrap_or_default();
    let valgrind: Option<PathBuf> =
        env::split_paths(&path).map(|folder| folder.join("valgrind")).find(|file| file.is_file());
    let missing = Missing { tool: "valgrind", install: "apt-get install valgrind" };
    let log = program.path().with_extension("log");
    let mut command = Command::new(valgrind.ok_or(missing)?);
    // The start of a program looks through its environment, so that has to be the same, too.
    command.env_clear().env("PATH", path);
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    command.arg(format!("--log-file={}", log.display())).arg(program.path());
    run.prepare(&program.work())?;
    let outcome = run.execute(command, &program.work())?;
    let log = fs::read_to_string(log)?;
    let collected = log.lines().filter_map(|line| line.split_once("Collected :")).next_back();
    match collected.and_then(|(_, number)| number.trim().parse().ok()) {
        Some(instructions) => Ok((outcome, instructions)),
        None => Err(Error::Failed(format!("valgrind says no number of instructions:\n{log}"))),
    }
}
