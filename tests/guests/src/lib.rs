//! Real WASI programs for the tests and benches of wasmc, built on demand.
//!
//! Each [`Guest`] is a program of the kind people have: SQLite, Lua, QuickJS, zstd and others compiled by clang, small programs in C,
//! and programs in Go, Rust and AssemblyScript. Their sources come from package registries or lie in `sources/`; the
//! results are cached under `target/guests`, and a change of a source, a flag or a tool builds them anew.
//! A guest written in C also has a **native twin**: the same C compiled by the same clang at `-O2`. So have those in Rust that
//! the benches time.
//!
//! What a guest is to do is a [`Run`]: arguments, standard input, files, granted directories, and what must come of it.
//! A harness runs it and compares:
//!
//! ```no_run
//! use std::{path::Path, process::Command};
//! use wasmc_guests::{Error, Guest};
//!
//! /// `build` makes an executable of a module, with directories `HOST::GUEST[:ro]` and variables granted.
//! fn check(build: fn(&Path, &[String], &[(&str, &str)]) -> Command) -> Result<(), Error> {
//!     let scratch = std::env::temp_dir().join("guest");
//!     for run in Guest::Sqlite.runs() {
//!         let expected = run.expected(&scratch)?; // runs the native twin, or returns what is fixed
//!         run.prepare(&scratch)?; // `scratch` now holds the input files and nothing else
//!         let program = build(&run.guest.wasm()?, &run.grants(&scratch), &run.env);
//!         let outcome = run.execute(program, &scratch)?;
//!         assert_eq!(expected.difference(&outcome), None, "{run}");
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Where a tool is not installed the error is [`Error::Missing`], which names it and says how to install it;
//! `install.sh` installs them all.
//!
//! # What the modules contain
//!
//! Every one imports `wasi_snapshot_preview1` and nothing else, exports `memory` and `_start` (Rust and Asyncify add some
//! of their own), and stays within WebAssembly 1.0 and the extensions that [`Guest::features`] lists. The modules made by
//! clang carry names and, for those parts that come from Debian's C library, DWARF; those of Rust, Go and Asyncify carry
//! names; AssemblyScript's carries neither.

mod build;
mod debuggee;
mod error;
mod guest;
mod outcome;
mod process;
mod programs;
mod reference;
mod run;
mod tree;

pub use debuggee::Debuggee;
pub use error::{Error, Missing};
pub use guest::Guest;
pub use outcome::Outcome;
pub use process::{output, spawn};
pub use reference::wasmtime;
pub use run::{Difference, Expected, Grant, Purpose, Run};
pub use tree::{Node, Tree};
