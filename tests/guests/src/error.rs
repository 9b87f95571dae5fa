//! Why there is no guest, sorted by whose turn it is.

use std::fmt;
use std::io;

use crate::Guest;

/// Why a guest could not be built or run.
#[derive(Debug)]
pub enum Error {
    /// A tool is not installed: a test says "not run: needs …" and goes on.
    Missing(Missing),
    /// A tool or the file system failed: a mistake in this crate, or a broken machine.
    Failed(String),
    /// The guest has no native twin.
    NoTwin(Guest),
}

/// A tool that is not installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Missing {
    /// The tool and, where that is not obvious, what it is for.
    pub tool: &'static str,
    /// The command that installs it.
    pub install: &'static str,
}

impl fmt::Display for Missing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.tool, self.install)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(missing) => missing.fmt(out),
            Self::Failed(message) => message.fmt(out),
            Self::NoTwin(guest) => write!(out, "{} has no native twin", guest.name()),
        }
    }
}

impl std::error::Error for Error {}
impl std::error::Error for Missing {}

impl From<Missing> for Error {
    fn from(missing: Missing) -> Self {
        Self::Missing(missing)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
