//! Can people debug what wasmc builds with `-g`? Each file of `sessions/` is what somebody types into gdb or lldb, and what they have
//! to see.
//!
//! ```text
//! # programs: c-as-written c-optimized rust text      which programs, and, behind a slash, at which level: c-as-written/O0
//! # targets: x86_64-linux aarch64-linux               the host alone, where this is missing
//! break combine
//! #> Breakpoint 1 at … file list.c, line …
//! ```
//! What has to be seen stands behind the command, in order; `…` is anything within a line.

mod files;
mod session;

use libtest_mimic::Arguments;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let mut trials = session::trials();
    trials.extend(files::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}
