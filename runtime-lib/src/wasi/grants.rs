//! What the program was granted: at build time, in its `Program` record, and at start-up, in three
//! variables of the process's environment, unless it was built sealed.
//!
//! `WASMC_DIR` holds directories, each written as `--dir` takes them, `HOST[::GUEST][:ro]`;
//! `WASMC_ENV` holds variables, `NAME` or `NAME=VALUE`; `WASMC_TCP_LISTEN` holds addresses to listen
//! on. A semicolon separates the items of each:
//!
//! ```text
//! WASMC_DIR='/srv/data::/data:ro;./scratch' WASMC_ENV='LANG;LEVEL=debug' ./app
//! ```

use super::Result;
use crate::abi::{PROGRAM_INHERIT_ENVIRONMENT, PROGRAM_SEALED, Sockets};
use crate::start::{fail, program};
use crate::sys::process;

/// A directory the program may use.
#[derive(Clone, Copy)]
pub(super) struct Directory {
    /// Where it is on the host.
    pub(super) host: &'static [u8],
    /// What the program knows it as.
    pub(super) guest: &'static [u8],
    /// Nothing below it may be changed.
    pub(super) read_only: bool,
}

/// Visits the granted directories: those of build time first, each in the order they were given.
pub(super) fn directories(visit: &mut dyn FnMut(Directory) -> Result) -> Result {
    // SAFETY: the compiler wrote the record.
    for grant in unsafe { program().directories.get() } {
        // SAFETY: as above.
        let (host, guest) = unsafe { (grant.host.get(), grant.guest.get()) };
        visit(Directory { host, guest, read_only: grant.read_only != 0 })?;
    }
    instructions(b"WASMC_DIR=", &mut |text| visit(parse(text)))
}

/// Visits the granted variables, as written: `NAME` or `NAME=VALUE`.
pub(super) fn variables(visit: &mut dyn FnMut(&'static [u8]) -> Result) -> Result {
    // SAFETY: the compiler wrote the record.
    for grant in unsafe { program().variables.get() } {
        // SAFETY: as above.
        visit(unsafe { grant.text.get() })?;
    }
    instructions(b"WASMC_ENV=", visit)
}

/// Visits the addresses to listen on.
///
/// # Safety
/// The compiler wrote the record.
pub(super) unsafe fn listeners(sockets: &Sockets, visit: &mut dyn FnMut(&'static [u8]) -> Result) -> Result {
    // SAFETY: the caller vouches for the record.
    for grant in unsafe { sockets.listeners.get() } {
        // SAFETY: as above.
        visit(unsafe { grant.address.get() })?;
    }
    instructions(b"WASMC_TCP_LISTEN=", visit)
}

/// Whether all of the process's environment was granted.
pub(super) fn whole_environment() -> bool {
    program().flags & PROGRAM_INHERIT_ENVIRONMENT != 0
}

/// Whether a variable speaks to the runtime, and so is not for the program: it may name host paths.
pub(super) fn is_instruction(name: &[u8]) -> bool {
    // A constant of 16 bytes, as the longest name has, would share a section with others that each program carries.
    name.strip_prefix(b"WASMC_")
        .is_some_and(|rest| matches!(rest, b"BACKTRACE" | b"COREDUMP" | b"DIR" | b"ENV" | b"TCP_LISTEN" | b"TRACE"))
}

/// Ends a program whose grant cannot be had.
#[cold]
pub(super) fn refuse(directory: &Directory) -> ! {
    fail(|message| {
        message.text("cannot open the granted directory ").foreign(directory.host);
    })
}

/// Visits the items of a variable with instructions, whose name is given with its `=`.
fn instructions(variable: &[u8], visit: &mut dyn FnMut(&'static [u8]) -> Result) -> Result {
    if program().flags & PROGRAM_SEALED != 0 {
        return Ok(());
    }
    let mut rest = process::environment().find_map(|text| text.to_bytes().strip_prefix(variable));
    while let Some(text) = rest {
        let end = text.iter().position(|&byte| byte == b';');
        let item = text.get(..end.unwrap_or(text.len())).unwrap_or(&[]);
        if !item.is_empty() {
            visit(item)?;
        }
        rest = end.and_then(|end| text.get(end + 1..));
    }
    Ok(())
}

/// `HOST[::GUEST][:ro]`; a directory without another name keeps the one it has on the host.
fn parse(text: &'static [u8]) -> Directory {
    let (text, read_only) = match text.strip_suffix(b":ro") {
        Some(text) => (text, true),
        None => (text, false),
    };
    let colons = text.windows(2).position(|pair| pair == b"::");
    let names = colons.and_then(|at| Some((text.get(..at)?, text.get(at + 2..)?)));
    let (host, guest) = names.unwrap_or((text, text));
    Directory { host, guest, read_only }
}
