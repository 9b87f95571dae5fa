//! Runs a process to its end, within limits, and measures it.

use std::fs;
use std::io::{self, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use wasmc_guests::spawn;

/// What a process may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Time until it is killed.
    pub time: Duration,
    /// Most memory it may have at any time, in bytes, until it is killed.
    pub memory: u64,
}

impl Limits {
    /// Enough for a small program on a busy machine.
    pub const SMALL: Limits = Limits { time: Duration::from_secs(60), memory: 4 << 30 };
    /// Enough for a script of the test suite, some of which reserve address space by the terabyte.
    pub const SCRIPT: Limits = Limits { time: Duration::from_secs(120), memory: 4 << 30 };
}

/// How a process ended.
#[derive(Debug)]
pub struct Ended {
    /// Its exit status, or 128 and the number of the signal that ended it, as a shell has it.
    pub status: i32,
    /// The signal that ended it.
    pub signal: Option<i32>,
    /// The limit that it reached and for which it was killed.
    pub exceeded: Option<&'static str>,
    /// What it wrote, up to 64 MiB.
    pub stdout: Vec<u8>,
    /// What it complained about.
    pub stderr: Vec<u8>,
    /// Most memory it had at any time, in bytes.
    pub peak_memory: u64,
    /// From start to end.
    pub elapsed: Duration,
}

/// More than any test prints; a program that runs wild must not fill the machine.
const LONGEST_OUTPUT: u64 = 64 << 20;

/// Runs `command` with `stdin` as its whole input.
///
/// # Errors
/// When it cannot be started or waited for.
pub fn run(mut command: Command, stdin: &[u8], limits: Limits) -> io::Result<Ended> {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = spawn(&mut command)?;
    let start = Instant::now();
    // All streams are served at once: whoever waited for one of them could block the others.
    let (input, output, error) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    thread::scope(|scope| {
        scope.spawn(move || {
            // A program need not read what it is given.
            let _ = input.map(|mut pipe| pipe.write_all(stdin));
        });
        let stdout = scope.spawn(|| read_all(output));
        let stderr = scope.spawn(|| read_all(error));
        let waited = wait(&mut child, start, limits)?;
        let signal = waited.status.signal();
        Ok(Ended {
            status: waited.status.code().or(signal.map(|signal| 128 + signal)).unwrap_or(-1),
            signal,
            exceeded: waited.exceeded,
            stdout: stdout.join().unwrap_or_default(),
            stderr: stderr.join().unwrap_or_default(),
            peak_memory: waited.peak_memory,
            elapsed: start.elapsed(),
        })
    })
}

fn read_all(pipe: Option<impl Read>) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(pipe) = pipe {
        // What arrived before an error is what there is to compare.
        let _ = pipe.take(LONGEST_OUTPUT).read_to_end(&mut bytes);
    }
    bytes
}

struct Waited {
    status: ExitStatus,
    exceeded: Option<&'static str>,
    peak_memory: u64,
}

/// Waits, and looks at the time and memory meanwhile.
fn wait(child: &mut Child, start: Instant, limits: Limits) -> io::Result<Waited> {
    let mut pause = Duration::from_micros(200);
    let mut peak_memory = 0;
    let mut exceeded = None;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Waited { status, exceeded, peak_memory });
        }
        peak_memory = peak_memory.max(memory_of(child));
        if exceeded.is_none() {
            exceeded = if start.elapsed() > limits.time {
                Some("time")
            } else if peak_memory > limits.memory {
                Some("memory")
            } else {
                None
            };
            if exceeded.is_some() {
                child.kill()?;
            }
        }
        thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(5));
    }
}

/// Most memory a process has had so far. (What `wait4` tells is no use: it begins with the memory of the parent, which
/// the child shares until it starts its own program.)
fn memory_of(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")).and_then(|number| number.parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limits: Limits) -> Ended {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        run(command, b"input", limits).expect("a shell")
    }

    #[test]
    fn a_process_is_observed() {
        let ended = shell("cat; echo trouble >&2; sleep 0.1; exit 7", Limits::SMALL);
        assert_eq!((ended.status, ended.signal), (7, None));
        assert_eq!((ended.stdout.as_slice(), ended.stderr.as_slice()), (&b"input"[..], &b"trouble\n"[..]));
        assert!(ended.peak_memory > 100 << 10 && ended.peak_memory < 100 << 20, "{}", ended.peak_memory);
    }

    #[test]
    fn a_signal_is_told_apart() {
        let ended = shell("kill -SEGV $$", Limits::SMALL);
        assert_eq!((ended.status, ended.signal), (139, Some(11)));
    }

    #[test]
    fn limits_hold() {
        let ended = shell("exec sleep 100", Limits { time: Duration::from_millis(50), ..Limits::SMALL });
        assert_eq!(ended.exceeded, Some("time"));
        let ended = shell("exec sleep 100", Limits { memory: 1, ..Limits::SMALL });
        assert_eq!(ended.exceeded, Some("memory"));
    }
}
