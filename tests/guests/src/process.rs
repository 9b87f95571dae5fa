//! Programs that have just been written are started.

use std::io::{self, ErrorKind};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Starts a process. Another thread that forks between the writing of an executable and its start
/// holds it open for a moment; the kernel refuses to start it then.
///
/// # Errors
/// Those of [`Command::spawn`].
pub fn spawn(command: &mut Command) -> io::Result<Child> {
    let start = Instant::now();
    loop {
        match command.spawn() {
            Err(error)
                if error.kind() == ErrorKind::ExecutableFileBusy && start.elapsed() < Duration::from_secs(10) =>
            {
                thread::sleep(Duration::from_millis(1));
            }
            result => return result,
        }
    }
}

/// Runs a process, as [`Command::output`] does, without standard input.
///
/// # Errors
/// Those of [`Command::output`].
pub fn output(command: &mut Command) -> io::Result<Output> {
    spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()))?.wait_with_output()
}
