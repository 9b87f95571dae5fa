//! Which proposals a module needs: asked of the validator, by leaving one out at a time, so that no
//! list of operators has to be kept.

use super::{invalid, text::MAGIC};
use crate::error::{Error, UnsupportedError};
use crate::module::{Features, Proposal};
use wasmparser::Validator;

/// Components begin with the same four bytes as modules; they differ in the layer field after the version.
pub(super) fn refuse_other_formats(binary: &[u8]) -> Result<(), Error> {
    if binary.starts_with(MAGIC) && binary.get(6..8).is_some_and(|layer| layer == [1, 0]) {
        return Err(Error::Unsupported(UnsupportedError {
            proposals: vec!["the component model".to_owned()],
            detail: "only core modules are compiled; `wasm-tools component unbundle` gives the modules of a component"
                .to_owned(),
            offset: 4,
        }));
    }
    Ok(())
}

/// Turns the validator's complaint about `binary` into an error that says whose turn it is.
pub(super) fn explain(binary: &[u8], features: Features, error: &Failure) -> Error {
    let error = match error {
        Failure::Invalid(error) => error,
        Failure::Unsupported { proposal, detail, offset } => {
            return Error::Unsupported(UnsupportedError {
                proposals: vec![proposal.title().to_owned()],
                detail: detail.clone(),
                offset: *offset,
            });
        }
    };
    let proposals: Vec<Proposal> = proposals_used(binary)
        .into_iter()
        .filter(|proposal| !(features.contains(*proposal) && proposal.is_supported()))
        .collect();
    if proposals.is_empty() {
        // A module that is not valid at all is told its real fault, not the first proposal it names.
        let with_everything = Validator::new_with_features(Proposal::features(|_| true)).validate_all(binary);
        return invalid(with_everything.as_ref().err().unwrap_or(error));
    }
    Error::Unsupported(UnsupportedError {
        proposals: proposals.iter().map(|proposal| proposal.title().to_owned()).collect(),
        detail: match proposals.iter().all(|proposal| proposal.is_supported()) {
            true => format!("{}: `--features` leaves it out", error.message()),
            false => error.message().to_owned(),
        },
        offset: error.offset(),
    })
}

/// The proposals without which `binary` would not be valid; none when it is not valid at all.
pub fn proposals_used(binary: &[u8]) -> Vec<Proposal> {
    let is_valid = |keep: &dyn Fn(Proposal) -> bool| {
        Validator::new_with_features(Proposal::features(keep)).validate_all(binary).is_ok()
    };
    if !is_valid(&|_| true) {
        return Vec::new();
    }
    Proposal::ALL.iter().copied().filter(|left_out| !is_valid(&|proposal| proposal != *left_out)).collect()
}

/// Why a module cannot be read.
pub(super) enum Failure {
    /// The validator refused it.
    Invalid(wasmparser::Error),
    /// It is valid, and uses something that has no form in [`crate::module`].
    Unsupported {
        /// The proposal that has it.
        proposal: Proposal,
        /// The construct.
        detail: String,
        /// Its byte offset.
        offset: usize,
    },
}

impl From<wasmparser::Error> for Failure {
    fn from(error: wasmparser::Error) -> Failure {
        Failure::Invalid(error)
    }
}
