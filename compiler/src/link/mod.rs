//! Objects and the runtime archive to an executable, in process: nothing has to be installed.

mod elf;
pub mod runtime;

use crate::error::Error;
use crate::options::{Options, Target};
use crate::pipeline::Observer;

/// Links `objects` with the runtime of its target; gives the executable's bytes.
///
/// # Errors
/// [`Error::Bug`] with the linker's words: there is nothing a person could have passed wrong.
pub fn link(objects: Vec<Vec<u8>>, options: &Options, observer: &dyn Observer) -> Result<Vec<u8>, Error> {
    match options.target {
        Target::X86_64Linux => elf::link(objects, runtime::archive(options.target), observer),
    }
}
