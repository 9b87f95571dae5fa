//! Finds what compiles the runtime for a target: a toolchain with that target's core library, or with its sources.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A toolchain that can compile the runtime.
pub(crate) struct Toolchain {
    /// One word, as a folder name.
    pub(crate) name: &'static str,
    pub(crate) cargo: PathBuf,
    rustc: PathBuf,
    /// Whether it makes the core library itself.
    builds_core: bool,
}

/// Where Debian's own toolchain is, which brings the sources of the standard library as a package.
const DEBIAN: &str = "/usr/bin";

/// The toolchain to compile for `triple` with; the one that compiles this, if it can. `None` when there is none.
pub(crate) fn find(triple: &str) -> Result<Option<Toolchain>, Box<dyn Error>> {
    let variable = |name| env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("cargo did not set {name}"));
    let own = |builds_core| -> Result<Toolchain, Box<dyn Error>> {
        let name = if builds_core { "own-sources" } else { "own" };
        Ok(Toolchain { name, cargo: variable("CARGO")?, rustc: variable("RUSTC")?, builds_core })
    };
    let rustc = variable("RUSTC")?;
    if env::var("HOST")? == triple || has_core(&rustc, triple) {
        return own(false).map(Some);
    }
    // A target that is installed later changes the folder of targets.
    if let Some(targets) = sysroot(&rustc).map(|root| root.join("lib/rustlib")) {
        println!("cargo::rerun-if-changed={}", targets.display());
    }
    if has_sources(&rustc) {
        return own(true).map(Some);
    }
    let [cargo, rustc] = ["cargo", "rustc"].map(|program| Path::new(DEBIAN).join(program));
    let is_there = cargo.exists() && rustc.exists() && has_sources(&rustc);
    Ok(is_there.then_some(Toolchain { name: "debian", cargo, rustc, builds_core: true }))
}

impl Toolchain {
    /// Lets `command`, which is its cargo, be used.
    pub(crate) fn apply(&self, command: &mut Command) {
        command.env("RUSTC", &self.rustc);
        if self.builds_core {
            // Building the core library is not stable, but these toolchains can do it.
            command.args(["-Zbuild-std=core"]).env("RUSTC_BOOTSTRAP", "1");
        }
    }
}

fn has_core(rustc: &Path, triple: &str) -> bool {
    let Some(library) = printed(rustc, &["--print", "target-libdir", "--target", triple]) else { return false };
    let Ok(files) = Path::new(&library).read_dir() else { return false };
    files.flatten().any(|file| file.file_name().to_string_lossy().starts_with("libcore-"))
}

fn has_sources(rustc: &Path) -> bool {
    sysroot(rustc).is_some_and(|root| root.join("lib/rustlib/src/rust/library/core").exists())
}

fn sysroot(rustc: &Path) -> Option<PathBuf> {
    printed(rustc, &["--print", "sysroot"]).map(PathBuf::from)
}

/// What rustc prints, if it knows the answer.
fn printed(rustc: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new(rustc).args(arguments).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}
