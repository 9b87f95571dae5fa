//! The program in AssemblyScript, compiled by the compiler that npm installed.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use super::cache::{Key, cached};
use super::tools::{INSTALL, existing, node_modules, program, run, sources};
use crate::{Error, Missing};

/// The shim provides `process` and `console`, and the start function that WASI expects.
const FLAGS: &[&str] = &[
    "main.ts",
    "-o",
    "assemblyscript.wasm",
    "-O3",
    "--config",
    "./node_modules/@assemblyscript/wasi-shim/asconfig.json",
];

/// With a source map, and not optimised.
const DEBUG_FLAGS: &[&str] = &[
    "main.ts",
    "-o",
    "assemblyscript-debug.wasm",
    "--debug",
    "--sourceMap",
    "--config",
    "./node_modules/@assemblyscript/wasi-shim/asconfig.json",
];

/// Returns the path of the program's module.
pub(crate) fn wasm() -> Result<PathBuf, Error> {
    compile("assemblyscript.wasm", FLAGS)
}

/// Returns the path of the module with debug information; its source map lies beside it.
pub(crate) fn wasm_with_map() -> Result<PathBuf, Error> {
    compile("assemblyscript-debug.wasm", DEBUG_FLAGS)
}

fn compile(file: &str, flags: &[&str]) -> Result<PathBuf, Error> {
    const MISSING: Missing = Missing { tool: "AssemblyScript and its WASI shim", install: INSTALL };
    let modules = node_modules();
    program("node", MISSING)?;
    existing(modules.join("@assemblyscript/wasi-shim/asconfig.json"), MISSING)?;
    let compiler = existing(modules.join(".bin/asc"), MISSING)?;
    let source = sources().join("assemblyscript");
    let key = Key::new(("assemblyscript", flags)).tool(&compiler);
    let key = key.source(&source.join("package.json"))?.source(&source.join("main.ts"))?;
    cached(file, key, |folder| {
        // The compiler looks for packages, and names sources, relative to its working directory.
        fs::copy(source.join("main.ts"), folder.join("main.ts"))?;
        symlink(&modules, folder.join("node_modules"))?;
        run(Command::new(compiler).args(flags).current_dir(folder))?;
        Ok(())
    })
}
