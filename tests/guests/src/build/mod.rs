//! How guests are built: the cache, the tools, and one file for each compiler.

pub(crate) mod assemblyscript;
mod cache;
pub(crate) mod clang;
mod crates;
pub(crate) mod go;
pub(crate) mod rust;
pub(crate) mod tools;
