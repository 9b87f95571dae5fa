//! Programs for macOS, with lld called as Apple's `ld` is.
//!
//! Nothing of an SDK is needed: what the linker must know of the system's library is its name, and which functions of it the
//! runtime calls. Both are in a stub that is written here:
//!
//! ```text
//! --- !tapi-tbd
//! tbd-version:     4
//! targets:         [ arm64-macos ]
//! install-name:    '/usr/lib/libSystem.B.dylib'
//! exports:
//!   - targets:         [ arm64-macos ]
//!     symbols:         [ '__exit', '_mmap', … ]
//! ...
//! ```

use super::external::Linker;
use super::runtime::runtime_archive;
use crate::error::Error;
use crate::options::Options;
use crate::pipeline::Observer;
use crate::target::{Architecture, ObjectFormat, Target};
use object::read::archive::ArchiveFile;
use object::{Object, ObjectSymbol};
use std::collections::BTreeSet;
use wasmc_runtime::abi::PROGRAM_SYMBOL;
use wasmc_runtime::abi::script::SCRIPT_SYMBOL;

const ARCHIVE: &str = "libwasmc_runtime.a";
const STUB: &str = "libSystem.tbd";
const OUTPUT: &str = "program";

/// What a person would type to link by hand, between the processor and the files. From this version of the system on, linkers
/// write what is to be done to a program at its start in one way (chained fixups).
const OPTIONS: &[&str] =
    &["-platform_version", "macos", "13.0", "13.0", "-dead_strip", "-no_exported_symbols", "-o", OUTPUT];

/// What linkers call an architecture.
fn architecture(architecture: Architecture) -> Result<&'static str, Error> {
    match architecture {
        Architecture::X86_64 => Ok("x86_64"),
        Architecture::Aarch64 => Ok("arm64"),
        Architecture::Riscv64 => Err(Error::bug("the linker", "macOS for RISC-V")),
    }
}

/// Links an executable that the system may put at any address; for AArch64, the linker signs it.
pub(super) fn link(
    options: &Options,
    objects: &[Vec<u8>],
    archive: &'static [u8],
    observer: &dyn Observer,
) -> Result<Vec<u8>, Error> {
    let linker = Linker::find(options.linker.as_deref(), "darwin", &["ld64.lld", "ld64.lld-19"])?;
    let names: Vec<String> = (0..objects.len()).map(|position| format!("module{position}.o")).collect();
    let words = ["-arch", architecture(options.target.architecture)?].into_iter().chain(OPTIONS.iter().copied());
    let inputs = names.iter().map(String::as_str).chain([ARCHIVE, STUB]);
    let command = linker.command(words.chain(inputs).map(str::to_owned));
    observer.link_command(&command);

    let stub = stub(options.target, archive)?;
    let objects = names.iter().zip(objects).map(|(name, object)| (name.as_str(), object.as_slice()));
    let files: Vec<(&str, &[u8])> = objects.chain([(ARCHIVE, archive), (STUB, stub.as_bytes())]).collect();
    linker.link(&command, &files, OUTPUT)
}

/// The stub that programs for `target` are linked with, where its system has a library that a linker must be told of, and
/// the name that it goes by.
///
/// # Errors
/// As [`runtime_archive`].
pub fn system_stub(target: Target) -> Result<Option<(&'static str, String)>, Error> {
    if target.object_format() != ObjectFormat::MachO {
        return Ok(None);
    }
    stub(target, runtime_archive(target)?).map(|text| Some((STUB, text)))
}

/// The text of the stub: what the runtime in `archive` calls and does not define.
fn stub(target: Target, archive: &[u8]) -> Result<String, Error> {
    let bug = |error: object::Error| Error::bug("the runtime library", error);
    let mut symbols = BTreeSet::new();
    let ours = [PROGRAM_SYMBOL, SCRIPT_SYMBOL].map(|name| format!("_{name}"));
    for member in ArchiveFile::parse(archive).map_err(bug)?.members() {
        let object = member.and_then(|member| member.data(archive)).map_err(bug)?;
        let file = object::File::parse(object).map_err(bug)?;
        for symbol in file.symbols().filter(object::Symbol::is_undefined) {
            let name = symbol.name().map_err(bug)?;
            if !ours.iter().any(|own| own == name) {
                symbols.insert(format!("'{name}'"));
            }
        }
    }
    let target = format!("{}-macos", architecture(target.architecture)?);
    let symbols: Vec<String> = symbols.into_iter().collect();
    Ok(format!(
        "--- !tapi-tbd\n\
         tbd-version:     4\n\
         targets:         [ {target} ]\n\
         install-name:    '/usr/lib/libSystem.B.dylib'\n\
         exports:\n  \
           - targets:         [ {target} ]\n    \
             symbols:         [ {} ]\n\
         ...\n",
        symbols.join(", ")
    ))
}
