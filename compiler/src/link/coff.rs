//! Windows executables, with lld called as `lld-link` is.
//!
//! Nothing of a Windows SDK is needed: the runtime archive has the short records that name the system's functions and the
//! libraries they come from.

use super::external::Linker;
use crate::error::Error;
use crate::options::Options;
use crate::pipeline::Observer;
use crate::target::Architecture;

const ARCHIVE: &str = "wasmc_runtime.lib";
const OUTPUT: &str = "program.exe";

/// What a person would type to link by hand, between the machine and the files.
const OPTIONS: &[&str] = &[
    "/nologo",
    "/entry:wasmc_start",
    "/subsystem:console",
    "/nodefaultlib",
    "/opt:ref",
    "/opt:noicf",
    // The same input gives the same file, whenever it is linked.
    "/brepro",
];

/// What linkers call an architecture.
fn machine(architecture: Architecture) -> Result<&'static str, Error> {
    match architecture {
        Architecture::X86_64 => Ok("/machine:x64"),
        Architecture::Aarch64 => Ok("/machine:arm64"),
        Architecture::Riscv64 => Err(Error::bug("the linker", "Windows for RISC-V")),
    }
}

/// Links an executable that the system may put at any address.
pub(super) fn link(
    options: &Options,
    objects: &[Vec<u8>],
    archive: &'static [u8],
    observer: &dyn Observer,
) -> Result<Vec<u8>, Error> {
    let linker = Linker::find(options.linker.as_deref(), "link", &["lld-link", "lld-link-19"])?;
    let names: Vec<String> = (0..objects.len()).map(|position| format!("module{position}.obj")).collect();
    let words = OPTIONS.iter().map(|word| (*word).to_owned());
    let output = format!("/out:{OUTPUT}");
    let arguments = words.chain([machine(options.target.architecture)?.to_owned(), output]);
    let command = linker.command(arguments.chain(names.iter().cloned()).chain([ARCHIVE.to_owned()]));
    observer.link_command(&command);

    let objects = names.iter().zip(objects).map(|(name, object)| (name.as_str(), object.as_slice()));
    let files: Vec<(&str, &[u8])> = objects.chain([(ARCHIVE, archive)]).collect();
    linker.link(&command, &files, OUTPUT)
}
