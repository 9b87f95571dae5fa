//! The reference engine: the `wasmtime` package from PyPI.

use std::process::Command;

use crate::Missing;
use crate::build::tools::{self, program, python_packages};

/// A command that runs a WASI program under wasmtime and takes the flags of `wasmc run`:
/// `[--dir HOST::GUEST[:ro]]... [--env NAME=VALUE]... MODULE [ARGUMENT]...`. A trap ends it with status 134.
///
/// # Errors
///
/// When it is not installed.
pub fn wasmtime() -> Result<Command, Missing> {
    const MISSING: Missing = Missing { tool: "wasmtime, the reference engine", install: tools::INSTALL };
    let packages = python_packages();
    if !packages.join("wasmtime").is_dir() {
        return Err(MISSING);
    }
    let mut command = Command::new(program("python3", MISSING)?);
    command.env("PYTHONPATH", packages).arg(tools::crate_folder().join("run_wasmtime.py"));
    Ok(command)
}
