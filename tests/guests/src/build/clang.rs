//! Programs in C: compiled once for WASI and once for this machine, by the same clang with the same flags.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use super::cache::{Key, cached};
use super::tools::{existing, node_modules, program, run, sources};
use super::{crates, tools};
use crate::{Error, Missing};

/// A program in C.
#[derive(Debug, Hash)]
pub(crate) struct CProgram {
    pub(crate) name: &'static str,
    /// The file with `main`, in `sources/c`.
    pub(crate) driver: &'static str,
    /// What else of `sources/c` goes into it, directly or by inclusion: a change in any of these builds it anew.
    pub(crate) headers: &'static [&'static str],
    /// Code that is not ours.
    pub(crate) library: Option<Library>,
    /// Flags for both sides.
    pub(crate) flags: &'static [&'static str],
    /// What only the WebAssembly side needs.
    pub(crate) wasi: Wasi,
}

/// C that a crate bundles.
#[derive(Debug, Hash)]
pub(crate) struct Library {
    /// The crate, one of those in `sources/Cargo.toml`.
    pub(crate) package: &'static str,
    /// The folder in the crate; it is searched for headers, too.
    pub(crate) folder: &'static str,
    /// Files in that folder; `*.c` stands for all of one folder.
    pub(crate) files: &'static [&'static str],
}

/// What only the WebAssembly side of a program needs.
#[derive(Debug, Hash)]
pub(crate) struct Wasi {
    /// Files of `sources/c`.
    pub(crate) files: &'static [&'static str],
    pub(crate) flags: &'static [&'static str],
    /// Whether the module is transformed so that its stack can be unwound; see `sources/c/lua-asyncify.h`.
    pub(crate) asyncify: bool,
}

impl Wasi {
    /// Nothing.
    pub(crate) const PLAIN: Self = Self { files: &[], flags: &[], asyncify: false };
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Side {
    Wasi,
    Native,
}

/// For both sides. Neither has vector instructions unless the program asks for them, so that their speed can be compared; the
/// last two make other machines compute what x86-64 and WebAssembly compute.
const FLAGS: &[&str] = &["-O2", "-w", "-fno-vectorize", "-fno-slp-vectorize", "-fsigned-char", "-ffp-contract=off"];

/// A stack like a native one, and below the data: whoever exhausts it hits the end of memory and not a variable.
const WASI_FLAGS: &[&str] = &["--target=wasm32-wasi", "-Wl,-z,stack-size=1048576", "-Wl,--stack-first"];

/// `-O1` after the transformation, which leaves much to simplify. The DWARF of the C library would be wrong afterwards.
const ASYNCIFY: &[&str] = &["--strip-dwarf", "--asyncify", "-O1", "-g"];

/// Returns the path of the program's module.
pub(crate) fn wasm(program: &CProgram) -> Result<PathBuf, Error> {
    let [clang, library] = wasi_clang()?;
    let wasm_opt = if program.wasi.asyncify { Some(wasm_opt()?) } else { None };
    let mut key = key(program, Side::Wasi)?.tool(clang).tool(library);
    if let Some(wasm_opt) = &wasm_opt {
        key = key.tool(wasm_opt);
    }
    let file = format!("{}.wasm", program.name);
    cached(&file, key, |folder| {
        let module = folder.join(&file);
        compile(program, Side::Wasi, clang, &module)?;
        if let Some(wasm_opt) = wasm_opt {
            run(Command::new(wasm_opt).args(ASYNCIFY).arg(&module).arg("-o").arg(&module))?;
        }
        Ok(())
    })
}

/// Returns the path of the program's native twin.
pub(crate) fn native(program: &CProgram) -> Result<PathBuf, Error> {
    let clang = tools::program("clang-19", NATIVE_MISSING)?;
    let key = key(program, Side::Native)?.tool(&clang);
    cached(program.name, key, |folder| compile(program, Side::Native, &clang, &folder.join(program.name)))
}

fn compile(program: &CProgram, side: Side, clang: &Path, output: &Path) -> Result<(), Error> {
    let ours = sources().join("c");
    let mut command = Command::new(clang);
    let driver = ours.join(program.driver);
    command.args(FLAGS).args(program.flags).arg("-I").arg(&ours);
    // A program of several files has a folder.
    command.arg("-I").arg(driver.parent().unwrap_or(&ours));
    if side == Side::Wasi {
        command.args(WASI_FLAGS).args(program.wasi.flags).args(program.wasi.files.iter().map(|file| ours.join(file)));
        // Headers that only WASI lacks.
        command.arg("-I").arg(ours.join("wasi-only"));
    }
    if let Some(library) = &program.library {
        let folder = crates::folder(library.package)?.join(library.folder);
        command.arg("-I").arg(&folder).args(library_files(library, &folder)?);
    }
    command.arg(driver).arg("-lm").arg("-o").arg(output);
    run(&mut command)?;
    Ok(())
}

fn library_files(library: &Library, folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for pattern in library.files {
        match pattern.strip_suffix("*.c") {
            Some(prefix) => {
                for entry in fs::read_dir(folder.join(prefix))? {
                    files.push(entry?.path());
                }
            }
            None => files.push(folder.join(pattern)),
        }
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "c"));
    // The order of the files is the order of the functions.
    files.sort();
    Ok(files)
}

fn key(program: &CProgram, side: Side) -> Result<Key, Error> {
    let ours = sources().join("c");
    let mut key = Key::new((program, side, FLAGS, WASI_FLAGS, ASYNCIFY)).source(&ours.join(program.driver))?;
    for file in program.headers.iter().chain(program.wasi.files) {
        key = key.source(&ours.join(file))?;
    }
    if program.library.is_some() {
        key = key.source(&crates::lock_file())?;
    }
    Ok(key)
}

const NATIVE_MISSING: Missing = Missing { tool: "clang-19", install: "apt-get install clang-19 libc6-dev" };

/// Returns the clang that compiles for WASI and the C library, after making sure that all the other parts are there.
fn wasi_clang() -> Result<&'static [PathBuf; 2], Missing> {
    const MISSING: Missing = Missing {
        tool: "clang-19 for WASI",
        install: "apt-get install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32",
    };
    static FOUND: OnceLock<Result<[PathBuf; 2], Missing>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let clang = program("clang-19", MISSING)?;
        let part = |question| {
            let output = run(Command::new(&clang).args(["--target=wasm32-wasi", question])).map_err(|_| MISSING)?;
            // What clang cannot find, it names without a folder.
            existing(PathBuf::from(String::from_utf8_lossy(&output).trim()), MISSING)
        };
        part("-print-prog-name=wasm-ld")?;
        part("-print-libgcc-file-name")?;
        let library = part("-print-file-name=libc.a")?;
        Ok([clang, library])
    });
    found.as_ref().map_err(|missing| *missing)
}

fn wasm_opt() -> Result<PathBuf, Missing> {
    const MISSING: Missing = Missing { tool: "Binaryen's wasm-opt, for Asyncify", install: tools::INSTALL };
    program("node", MISSING)?;
    existing(node_modules().join(".bin/wasm-opt"), MISSING)
}
