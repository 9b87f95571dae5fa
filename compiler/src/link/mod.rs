//! Objects and the runtime archive to an executable: for ELF in process, with nothing to be installed, for other formats with
//! the linker that comes with Rust or LLVM.

mod coff;
mod elf;
mod external;
mod frames;
mod macho;
pub mod runtime;

pub use macho::system_stub;

use crate::error::Error;
use crate::options::Options;
use crate::pipeline::Observer;
use crate::target::ObjectFormat;

/// Links `objects` with the runtime of its target; gives the executable's bytes.
///
/// # Errors
/// [`Error::Environment`] when the runtime for the target is not inside this build, or there is no linker for it; else
/// [`Error::Bug`] with the linker's words: there is nothing a person could have passed wrong.
pub fn link(objects: Vec<Vec<u8>>, options: &Options, observer: &dyn Observer) -> Result<Vec<u8>, Error> {
    let target = options.target;
    let archive = runtime::runtime_archive(target)?;
    match target.object_format() {
        ObjectFormat::Elf => elf::link(target.architecture, objects, archive, options.debug, observer),
        ObjectFormat::Coff => coff::link(options, &objects, archive, observer),
        ObjectFormat::MachO => macho::link(options, &objects, archive, observer),
    }
}
