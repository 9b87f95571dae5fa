//! `.wat` or `.wasm` bytes in, a valid [`Module`] out.
//!
//! The sections are read once, in order, by `sections`; function bodies are validated in parallel
//! by `bodies`, since they are most of a module. What is valid only with a proposal that wasmc does
//! not compile is told apart from what is not valid at all by `features`.

mod bodies;
mod branch_hints;
mod constant;
mod features;
mod limits;
mod names;
mod sections;
mod text;
mod types;

pub use features::proposals_used;
pub use text::{is_binary, to_binary};

use crate::error::{Error, InputError};
use crate::module::{Features, Module};

/// Reads and validates a binary module, which may use `features`, all of which wasmc compiles. `name` is what messages call a module without a name of its own.
///
/// # Errors
/// [`Error::Input`] with the byte offset, or [`Error::Unsupported`] with the proposals it needs.
pub fn parse<'a>(binary: &'a [u8], name: &str, features: Features) -> Result<Module<'a>, Error> {
    features::refuse_other_formats(binary)?;
    sections::read(binary, name, features).map_err(|error| features::explain(binary, features, &error))
}

/// The validator's complaint as ours.
fn invalid(error: &wasmparser::Error) -> Error {
    Error::Input(InputError::Binary { message: error.message().to_owned(), offset: error.offset() })
}
