//! `.wat` or `.wasm` bytes in, a valid [`Module`] out.
//!
//! The sections are read once, in order, by `sections`; function bodies are validated in parallel
//! by `bodies`, since they are most of a module. What is valid only with a proposal that wasmc does
//! not compile is told apart from what is not valid at all by `features`.

mod bodies;
mod branch_hints;
mod constant;
mod features;
mod names;
mod sections;
mod text;
mod types;

pub use features::proposals_used;
pub use text::to_binary;

use crate::error::{Error, InputError};
use crate::module::{Module, Proposal};
use wasmparser::Validator;

/// Reads and validates a binary module. `name` is what messages call a module without a name of its own.
///
/// # Errors
/// [`Error::Input`] with the byte offset, or [`Error::Unsupported`] with the proposals it needs.
pub fn parse<'a>(binary: &'a [u8], name: &str) -> Result<Module<'a>, Error> {
    features::refuse_other_formats(binary)?;
    let mut validator = Validator::new_with_features(Proposal::features(Proposal::is_supported));
    sections::read(binary, name, &mut validator).map_err(|error| features::explain(binary, &error))
}

/// The validator's complaint as ours.
fn invalid(error: &wasmparser::Error) -> Error {
    Error::Input(InputError::Binary { message: error.message().to_owned(), offset: error.offset() })
}
