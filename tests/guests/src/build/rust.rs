//! Programs in Rust, compiled together with the standard library by Debian's own Rust, whose sources are packaged.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::cache::{self, Key, cached};
use super::tools::{self, existing, run, sources};
use crate::{Error, Missing};

/// A program in Rust.
#[derive(Debug, Hash)]
pub(crate) struct RustProgram {
    pub(crate) name: &'static str,
    /// The binary of the package in `sources/rust`.
    pub(crate) binary: &'static str,
    /// Its source, in the same folder.
    pub(crate) file: &'static str,
}

const MISSING: Missing = Missing {
    tool: "Debian's Rust with the sources of its library, and wasi-libc",
    install: "apt-get install rustc-web cargo-web rust-web-src clang-19 lld-19 wasi-libc",
};

/// Debian's compiler, not the one that rustup puts first on the path.
const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";

const FLAGS: &[&str] = &["build", "--release", "--locked", "-Zbuild-std=std,panic_abort", "--target", "wasm32-wasip1"];

/// What `cargo test` sets for the programs it runs, and what would lead Debian's Rust astray.
const FOREIGN: &[&str] = &[
    "CARGO",
    "CARGO_BUILD_TARGET",
    "CARGO_ENCODED_RUSTFLAGS",
    "CARGO_TARGET_DIR",
    "LD_LIBRARY_PATH",
    "RUSTC_WORKSPACE_WRAPPER",
    "RUSTC_WRAPPER",
    "RUSTDOC",
    "RUSTFLAGS",
    "RUSTUP_TOOLCHAIN",
];

/// A command that runs Debian's tool and sees nothing of another toolchain.
fn debian(tool: &Path) -> Command {
    let mut command = Command::new(tool);
    for name in FOREIGN {
        command.env_remove(name);
    }
    command
}

/// Returns the path of the program's module.
pub(crate) fn wasm(program: &RustProgram) -> Result<PathBuf, Error> {
    let (cargo, rustc) = (existing(CARGO.into(), MISSING)?, existing(RUSTC.into(), MISSING)?);
    let (linker, start_file) = (tools::program("wasm-ld-19", MISSING)?, start_file()?);
    existing(sysroot(&rustc)?.join("lib/rustlib/src/rust/library/std/Cargo.toml"), MISSING)?;
    let source = sources().join("rust");
    let key = Key::new((program, FLAGS)).tool(&rustc).tool(&linker).tool(&start_file);
    let key = key.source(&source.join("Cargo.toml"))?.source(&source.join(program.file))?;
    let file = format!("{}.wasm", program.name);
    cached(&file, key, |folder| {
        // The standard library is kept: it takes most of the time and never changes.
        let target = cache::folder().join("rust-target");
        let mut command = debian(&cargo);
        command.args(FLAGS).args(["--bin", program.binary]).arg("--target-dir").arg(&target).current_dir(source);
        command.env("RUSTC", rustc).env("RUSTC_BOOTSTRAP", "1");
        command.env("CARGO_TARGET_WASM32_WASIP1_LINKER", linker);
        command.env("CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS", link_flags(&start_file));
        run(&mut command)?;
        let built = target.join("wasm32-wasip1/release").join(program.binary).with_extension("wasm");
        fs::copy(built, folder.join(&file))?;
        Ok(())
    })
}

/// Debian packages neither the target's own C library nor its start file, so those of wasi-libc take their place.
fn link_flags(start_file: &Path) -> String {
    let folder = start_file.parent().unwrap_or(start_file).display();
    format!("-Clink-self-contained=no -Clink-arg={} -Clink-arg=-L{folder} -Clink-arg=-lc", start_file.display())
}

/// Returns wasi-libc's start file; clang knows where it is.
fn start_file() -> Result<PathBuf, Missing> {
    let clang = tools::program("clang-19", MISSING)?;
    let mut command = Command::new(clang);
    let output = run(command.args(["--target=wasm32-wasi", "-print-file-name=crt1-command.o"])).map_err(|_| MISSING)?;
    existing(PathBuf::from(String::from_utf8_lossy(&output).trim()), MISSING)
}

fn sysroot(rustc: &Path) -> Result<PathBuf, Missing> {
    let output = run(debian(rustc).args(["--print", "sysroot"])).map_err(|_| MISSING)?;
    Ok(PathBuf::from(String::from_utf8_lossy(&output).trim()))
}
