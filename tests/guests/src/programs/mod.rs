//! The programs: what each is made of, and what it is to do.

pub(crate) mod assemblyscript;
pub(crate) mod bzip2;
pub(crate) mod calls;
pub(crate) mod fileio;
pub(crate) mod go;
pub(crate) mod hello;
pub(crate) mod jpeg;
pub(crate) mod kernels;
pub(crate) mod lua;
pub(crate) mod on_windows;
pub(crate) mod quickjs;
pub(crate) mod regex;
pub(crate) mod rust;
pub(crate) mod sandbox;
pub(crate) mod sqlite;
pub(crate) mod zstd;
