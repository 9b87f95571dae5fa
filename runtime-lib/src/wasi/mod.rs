//! WASI preview 1: the functions a module imports from `wasi_snapshot_preview1` or `wasi_unstable`.
//!
//! `abi::wasi_calls!` lists them and exports each under its symbol; here is what they do, one small
//! file per noun. A call gets the program's memory and its parameters and gives an [`Errno`]; what
//! concerns the operating system it asks of `sys`. Each call is its own function, and none reaches
//! for what another needs, so an executable holds no more than its module imports: one that only
//! writes has no path resolution in it, and opens none of its granted directories.
//!
//! Nothing here is shared between threads; a program has one.

mod errno;
mod grants;
mod guest;
mod layout;
mod listeners;
mod lists;
mod path;

pub(crate) mod args;
pub(crate) mod clock;
pub(crate) mod descriptor;
pub(crate) mod directory;
pub(crate) mod environ;
pub(crate) mod fdstat;
pub(crate) mod filestat;
pub(crate) mod path_entry;
pub(crate) mod path_filestat;
pub(crate) mod path_link;
pub(crate) mod path_open;
pub(crate) mod poll;
pub(crate) mod position;
pub(crate) mod prestat;
pub(crate) mod proc;
pub(crate) mod random;
pub(crate) mod sock;
pub(crate) mod storage;
pub(crate) mod trace;
pub(crate) mod transfer;

pub(crate) use errno::{Errno, Result};
pub(crate) use guest::Guest;
pub(crate) use layout::{Filetype, fdflags, oflags};

/// What generated code gets from a call that ended so.
pub(crate) trait Answer {
    /// The type of the import's result.
    type Number;
    /// The number.
    fn number(self) -> Self::Number;
}

impl Answer for Result {
    type Number = u32;
    fn number(self) -> u32 {
        match self {
            Ok(()) => 0,
            Err(errno) => errno as u32,
        }
    }
}

impl Answer for () {
    type Number = ();
    fn number(self) {}
}

/// What generated code gets from a call that ended so.
#[inline]
pub(crate) fn answer<A: Answer>(outcome: A) -> A::Number {
    outcome.number()
}
