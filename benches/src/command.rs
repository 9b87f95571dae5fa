//! Running a command to its end and measuring it from outside.

use std::io;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wasmc_guests::Error;

/// What one run of a command took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// From just before the process is made until it is known to be gone.
    pub(crate) time: Duration,
    /// What all of its threads spent on processors.
    pub(crate) processor_time: Duration,
    /// The largest resident size, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command, which must succeed, and measures it. What it prints is thrown away, complaints excepted.
///
/// The standard library makes the process by `posix_spawn`, which shares the memory of this one until the new program
/// begins: the time does not depend on how large this process is.
pub(crate) fn measure(command: &mut Command) -> Result<Cost, Error> {
    command.stdin(Stdio::null()).stdout(Stdio::null());
    let start = Instant::now();
    let child = command.spawn().map_err(|error| failed(command, &error))?;
    let (status, usage) = wait(child.id()).map_err(|error| failed(command, &error))?;
    let time = start.elapsed();
    if !status.success() {
        return Err(Error::Failed(format!("{command:?} ended with {status}")));
    }
    let peak = u64::try_from(usage.ru_maxrss).unwrap_or(0) * 1024;
    Ok(Cost { time, processor_time: duration(usage.ru_utime) + duration(usage.ru_stime), peak })
}

/// What all children that have ended spent on processors, in seconds.
pub(crate) fn processor_seconds_of_children() -> f64 {
    // SAFETY: `rusage` is a record of numbers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    // SAFETY: the record lives long enough. The call cannot fail: both of its arguments are valid.
    unsafe { libc::getrusage(libc::RUSAGE_CHILDREN, &raw mut usage) };
    (duration(usage.ru_utime) + duration(usage.ru_stime)).as_secs_f64()
}

/// Runs a command, which must succeed, and returns what it printed.
pub(crate) fn output(command: &mut Command) -> Result<String, Error> {
    let output = command.output().map_err(|error| failed(command, &error))?;
    if !output.status.success() {
        let complaints = String::from_utf8_lossy(&output.stderr);
        return Err(Error::Failed(format!("{command:?} ended with {}\n{complaints}", output.status)));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

fn failed(command: &Command, error: &io::Error) -> Error {
    Error::Failed(format!("{command:?}: {error}"))
}

fn duration(time: libc::timeval) -> Duration {
    Duration::from_secs(time.tv_sec.unsigned_abs()) + Duration::from_micros(time.tv_usec.unsigned_abs())
}

/// Waits for a child and returns what it used as well.
///
/// Linux counts the memory of the process that called `posix_spawn` to that of the new one. So this process stays
/// small, and nothing below its few megabytes can be measured.
fn wait(child: u32) -> io::Result<(ExitStatus, libc::rusage)> {
    let mut status = 0;
    // SAFETY: `rusage` is a record of numbers.
    let mut usage: libc::rusage = unsafe { std::mem::zeroed() };
    loop {
        // SAFETY: both records live long enough; the child is ours and nobody else waits for it.
        let waited = unsafe { libc::wait4(child.cast_signed(), &raw mut status, 0, &raw mut usage) };
        if waited >= 0 {
            return Ok((ExitStatus::from_raw(status), usage));
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}
