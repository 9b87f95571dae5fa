//! Programs in Rust, compiled together with the standard library by Debian's own Rust, whose sources are packaged.
//!
//! A native twin is made by the same compiler, with the library that comes with it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::cache::{self, Key, cached};
use super::tools::{self, existing, run, sources};
use crate::{Error, Missing};

const MISSING: Missing = Missing {
    tool: "Debian's Rust with the sources of its library, and wasi-libc",
    install: "apt-get install rustc-web cargo-web rust-web-src clang-19 lld-19 wasi-libc",
};

/// Debian's compiler, not the one that rustup puts first on the path.
const CARGO: &str = "/usr/bin/cargo";
const RUSTC: &str = "/usr/bin/rustc";

/// A program in Rust.
#[derive(Debug, Hash)]
pub(crate) struct RustProgram {
    /// Also the name of the executable that cargo makes.
    pub(crate) name: &'static str,
    /// Its package, in `sources`.
    pub(crate) folder: &'static str,
    /// The file with `main`, in that folder.
    pub(crate) main: &'static str,
    /// Whether there is a native twin: neither side of such a program has vector instructions, so that their speed can be
    /// compared.
    pub(crate) has_twin: bool,
}

const FLAGS: &[&str] = &["build", "--release", "--locked"];
const WASI_FLAGS: &[&str] = &["-Zbuild-std=std,panic_abort", "--target", "wasm32-wasip1"];
const WITHOUT_VECTORS: &str = "-Cno-vectorize-loops -Cno-vectorize-slp";

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
    let key = key(program, "wasi")?.tool(&rustc).tool(&linker).tool(&start_file);
    let file = format!("{}.wasm", program.name);
    cached(&file, key, |folder| {
        let mut command = build(&cargo, program);
        command.args(WASI_FLAGS).env("RUSTC", rustc).env("RUSTC_BOOTSTRAP", "1");
        command.env("CARGO_TARGET_WASM32_WASIP1_LINKER", linker);
        command.env("CARGO_TARGET_WASM32_WASIP1_RUSTFLAGS", flags(program, &link_flags(&start_file)));
        run(&mut command)?;
        fs::copy(target(program).join("wasm32-wasip1/release").join(&file), folder.join(&file))?;
        Ok(())
    })
}

/// Returns the path of the program's native twin, if it has one.
pub(crate) fn native(program: &RustProgram) -> Result<Option<PathBuf>, Error> {
    if !program.has_twin {
        return Ok(None);
    }
    let (cargo, rustc) = (existing(CARGO.into(), MISSING)?, existing(RUSTC.into(), MISSING)?);
    let key = key(program, "native")?.tool(&rustc);
    let twin = cached(program.name, key, |folder| {
        run(build(&cargo, program).env("RUSTC", rustc).env("RUSTFLAGS", flags(program, "")))?;
        fs::copy(target(program).join("release").join(program.name), folder.join(program.name))?;
        Ok(())
    })?;
    Ok(Some(twin))
}

fn key(program: &RustProgram, side: &str) -> Result<Key, Error> {
    let source = sources().join(program.folder);
    let key = Key::new((program, side, FLAGS, WASI_FLAGS, WITHOUT_VECTORS));
    key.source(&source.join("Cargo.toml"))?.source(&source.join(program.main))
}

fn build(cargo: &Path, program: &RustProgram) -> Command {
    let mut command = debian(cargo);
    command.args(FLAGS).args(["--bin", program.name]).arg("--target-dir").arg(target(program));
    command.current_dir(sources().join(program.folder));
    command
}

/// The standard library is kept: it takes most of the time and never changes.
fn target(program: &RustProgram) -> PathBuf {
    cache::folder().join(format!("{}-target", program.folder))
}

fn flags(program: &RustProgram, more: &str) -> String {
    let vectors = if program.has_twin { WITHOUT_VECTORS } else { "" };
    format!("{vectors} {more}").trim().to_owned()
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
