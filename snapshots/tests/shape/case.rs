//! A case: a `.wat` file, and what the directives at its top ask for.
//!
//! ```text
//! ;; modes: guard explicit        the snapshots to make; `guard` when absent
//! ;; invoke: add                  as `--invoke add`
//! ;; stub-imports: yes            as `--stub-imports`
//! ;; cpu: baseline,-sse41         as `--cpu`
//! ;; truncate: yes                errors only: every proper prefix of the binary is an input
//! ;; hex: 7f 45 4c 46             errors only: the input is these bytes
//! ```
//! Other comments at the top are for people; none of them starts with one word and a colon.

use crate::mode::Mode;
use std::fs;
use std::path::{Path, PathBuf};
use wasmc_compiler::{Cpu, Error, to_binary};

/// The folder whose cases must not compile.
const ERROR_NOUN: &str = "error";

/// One file of `cases/`.
pub struct Case {
    /// The folder it lies in: a noun of the specification.
    pub noun: String,
    /// The file's name without its extension.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// The module in the text format.
    pub text: String,
    /// What its top asks for.
    pub directives: Directives,
}

/// What the top of a case asks for.
#[derive(Default)]
pub struct Directives {
    /// One snapshot for each.
    pub modes: Vec<Mode>,
    /// `--invoke`.
    pub invoke: Option<String>,
    /// `--stub-imports`.
    pub stub_imports: bool,
    /// `--cpu`.
    pub cpu: Cpu,
    /// Whether every proper prefix of the binary is an input.
    pub truncate: bool,
    /// The input, when it is not the module.
    pub bytes: Option<Vec<u8>>,
}

impl Case {
    /// Whether the case must fail to compile.
    pub fn expects_error(&self) -> bool {
        self.noun == ERROR_NOUN
    }

    /// `memory/load guard`: what the test's report calls it.
    pub fn title(&self, mode: Option<Mode>) -> String {
        match mode {
            Some(mode) => format!("{}/{} {}", self.noun, self.name, mode.name()),
            None => format!("{}/{}", self.noun, self.name),
        }
    }

    /// `memory/load.guard`: the snapshot's file without its extension.
    pub fn snapshot_name(&self, mode: Option<Mode>) -> String {
        match mode {
            Some(mode) => format!("{}/{}.{}", self.noun, self.name, mode.name()),
            None => format!("{}/{}", self.noun, self.name),
        }
    }

    /// The case as a binary module.
    pub fn binary(&self) -> Result<Vec<u8>, Error> {
        to_binary(self.text.as_bytes()).map(|binary| binary.into_owned())
    }
}

/// The crate's folder `name`.
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The files of a folder of folders, sorted. A folder that does not exist is empty.
pub fn files_of(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    for noun in entries(root)? {
        if !noun.is_dir() {
            return Err(format!("{}: expected a folder named after a noun", noun.display()));
        }
        files.extend(entries(&noun)?);
    }
    Ok(files)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        paths.push(entry.map_err(failed)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Reads every case, sorted by noun and name.
pub fn read_all() -> Result<Vec<Case>, String> {
    let files = files_of(&folder("cases"))?;
    if files.is_empty() {
        return Err("there are no cases".to_owned());
    }
    files.into_iter().map(read).collect()
}

fn read(path: PathBuf) -> Result<Case, String> {
    if path.extension().is_none_or(|extension| extension != "wat") {
        return Err(format!("{}: a case is a .wat file", path.display()));
    }
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let noun = part(path.parent().and_then(Path::file_name));
    let name = part(path.file_stem());
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let directives = directives(&text).map_err(|message| format!("{}: {message}", path.display()))?;
    Ok(Case { noun, name, path, text, directives })
}

fn directives(text: &str) -> Result<Directives, String> {
    let mut directives = Directives::default();
    for line in text.lines().map_while(|line| line.strip_prefix(";;")) {
        let Some((key, value)) = line.trim().split_once(':') else { continue };
        if key.contains(' ') {
            continue;
        }
        let value = value.trim();
        match key {
            "modes" => directives.modes = value.split(' ').map(Mode::from_name).collect::<Result<_, _>>()?,
            "invoke" => directives.invoke = Some(value.to_owned()),
            "stub-imports" => directives.stub_imports = yes(value)?,
            "cpu" => directives.cpu = value.parse()?,
            "truncate" => directives.truncate = yes(value)?,
            "hex" => directives.bytes = Some(hex(value)?),
            _ => return Err(format!("`{key}:` is no directive")),
        }
    }
    if directives.modes.is_empty() {
        directives.modes = vec![Mode::Guard];
    }
    Ok(directives)
}

fn yes(value: &str) -> Result<bool, String> {
    if value == "yes" { Ok(true) } else { Err(format!("expected `yes`, found `{value}`")) }
}

fn hex(value: &str) -> Result<Vec<u8>, String> {
    value
        .split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).map_err(|_| format!("`{byte}` is not a hexadecimal byte")))
        .collect()
}
