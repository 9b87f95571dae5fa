//! What Linux and macOS have in common. Each of them adds its own to `files` and to `paths`.

pub(in crate::sys) mod address;
mod errno;
pub(in crate::sys) mod files;
pub(crate) mod frames;
pub(crate) mod output;
pub(in crate::sys) mod paths;
pub(crate) mod poll;
pub(in crate::sys) mod process;
