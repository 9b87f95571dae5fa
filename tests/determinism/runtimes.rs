//! The runtime libraries, built from a copy of the sources in another folder.

use libtest_mimic::{Completion, Failed};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmc_compiler::{Target, runtime_archive};
use wasmc_tests::not_run;

/// The workspace: cargo wants to see all members of it.
const SOURCES: [&str; 8] =
    ["Cargo.toml", "Cargo.lock", "benches", "cli", "compiler", "runtime-lib", "snapshots", "tests"];

/// Builds those that are inside this build, and compares.
pub(crate) fn check() -> Result<Completion, Failed> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let elsewhere = tempfile::tempdir()?;
    // Of another length, so that a place in one of the files would move all that is behind it.
    let copy = elsewhere.path().join("a folder").join("with a longer name");
    for source in SOURCES {
        copy_all(&workspace.join(source), &copy.join(source))?;
    }
    let out = elsewhere.path().join("out");
    fs::create_dir(&out)?;
    let Some(script) = build_script() else { return not_run("the build script of the compiler, beside this test") };
    let mut command = Command::new(script);
    command.current_dir(copy.join("compiler")).env("CARGO_MANIFEST_DIR", copy.join("compiler")).env("OUT_DIR", &out);
    command.env("CARGO", env!("CARGO")).env("RUSTC", "rustc").env("HOST", host_triple()?);
    let output = command.output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    for target in Target::ALL {
        let built = fs::read(out.join(format!("libwasmc_runtime-{}.a", target.name)))?;
        if built != runtime_archive(*target).unwrap_or_default() {
            return Err(format!("the runtime for {} differs", target.name).into());
        }
    }
    Ok(Completion::Completed)
}

/// The build script that has made those inside this build: target/debug/build/wasmc-compiler-0123/build-script-build.
fn build_script() -> Option<PathBuf> {
    let test = env::current_exe().ok()?;
    let folders = test.ancestors().nth(2)?.join("build").read_dir().ok()?.flatten();
    let scripts = folders
        .filter(|folder| folder.file_name().to_string_lossy().starts_with("wasmc-compiler-"))
        .map(|folder| folder.path().join("build-script-build"));
    scripts.max_by_key(|script| fs::metadata(script).and_then(|metadata| metadata.modified()).ok())
}

fn host_triple() -> Result<String, Failed> {
    let output = Command::new("rustc").arg("-vV").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("rustc does not say what it runs on")?.to_owned())
}

fn copy_all(from: &Path, to: &Path) -> Result<(), Failed> {
    if from.is_dir() {
        fs::create_dir_all(to)?;
        for entry in fs::read_dir(from)? {
            let name = entry?.file_name();
            copy_all(&from.join(&name), &to.join(&name))?;
        }
    } else {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        fs::copy(from, to)?;
    }
    Ok(())
}
