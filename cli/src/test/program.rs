//! Runs the executable of a script and collects what it reports.

use crate::failure::{Failure, reason};
use std::io::{self, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;
use wasmc_compiler::Target;

/// How executables are started.
pub(super) struct Runner {
    /// What stands before the path of the executable.
    words: Vec<String>,
    timeout: Duration,
    /// What they are for.
    target: Target,
}

/// What came of an executable.
pub(super) struct Outcome {
    /// What it wrote to standard output.
    pub(super) report: String,
    /// How it ended, in words: `exited with status 1`.
    pub(super) ending: String,
}

impl Runner {
    /// Starts executables for `target` with `command`, and stops them after `timeout`.
    pub(super) fn new(command: Option<&str>, timeout: Duration, target: Target) -> Result<Runner, Failure> {
        let words: Vec<String> = command.unwrap_or_default().split_whitespace().map(str::to_owned).collect();
        if command.is_some() && words.is_empty() {
            return Err(Failure::usage("--runner is empty").hint("name a command, such as `--runner qemu-x86_64`"));
        }
        Ok(Runner { words, timeout, target })
    }

    /// Runs `executable` in a file of its own, which is gone afterwards.
    pub(super) fn run(&self, executable: &[u8]) -> Result<Outcome, Failure> {
        let directory = std::env::temp_dir();
        let path = write(&directory, executable).map_err(|error| Failure::io("write to", &directory, &error))?;
        let child = self.start(&path).map_err(|error| self.cannot_start(&error))?;
        self.watch(child).map_err(|error| self.cannot_start(&error))
    }

    fn start(&self, path: &Path) -> io::Result<Child> {
        let mut command = match self.words.split_first() {
            Some((program, arguments)) => {
                let mut command = Command::new(program);
                command.args(arguments).arg(path);
                command
            }
            None => Command::new(path),
        };
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        loop {
            match command.spawn() {
                // Another thread was starting a process while our file was open for writing; the
                // descriptor that its child holds is gone as soon as that child is under way.
                Err(error) if error.kind() == io::ErrorKind::ExecutableFileBusy => thread::yield_now(),
                result => return result,
            }
        }
    }

    /// Reads what the child writes until it ends or its time is over.
    fn watch(&self, mut child: Child) -> io::Result<Outcome> {
        let mut output = child.stdout.take();
        let (sender, receiver) = mpsc::channel();
        let reader = thread::spawn(move || {
            let mut bytes = Vec::new();
            if let Some(output) = &mut output {
                // What was read before an error counts.
                let _ = output.read_to_end(&mut bytes);
            }
            let _ = sender.send(());
            bytes
        });
        let is_late = receiver.recv_timeout(self.timeout) == Err(RecvTimeoutError::Timeout);
        if is_late {
            child.kill()?;
        }
        let status = child.wait()?;
        let bytes = reader.join().unwrap_or_default();
        let ending = if is_late { format!("was stopped after {} s", self.timeout.as_secs()) } else { describe(status) };
        Ok(Outcome { report: String::from_utf8_lossy(&bytes).into_owned(), ending })
    }

    fn cannot_start(&self, error: &io::Error) -> Failure {
        let what = self.words.first().map_or("the executable of a script", String::as_str);
        let failure = Failure::environment(format!("cannot run {what}: {}", reason(error)));
        if self.words.is_empty() && self.target != Target::host() {
            let example = self.target.emulator().map_or(String::new(), |emulator| format!(" {emulator}"));
            let hint = format!("it is for {}: name what runs it, with `--runner{example}`", self.target.name);
            return failure.hint(hint);
        }
        failure
    }
}

/// An executable file that is removed when the path is dropped.
fn write(directory: &Path, bytes: &[u8]) -> io::Result<tempfile::TempPath> {
    let permissions = std::fs::Permissions::from_mode(0o700);
    let mut file = tempfile::Builder::new().prefix("wasmc-test-").permissions(permissions).tempfile_in(directory)?;
    file.write_all(bytes)?;
    Ok(file.into_temp_path())
}

fn describe(status: ExitStatus) -> String {
    match (status.code(), status.signal()) {
        (Some(code), _) => format!("exited with status {code}"),
        (None, Some(signal)) => format!("was ended by signal {signal}"),
        (None, None) => "ended".to_owned(),
    }
}
