//! `wasmc validate`

use crate::args::ValidateArgs;
use crate::failure::Failure;
use crate::input;

/// Says nothing when the module is valid.
pub(crate) fn validate(args: &ValidateArgs) -> Result<(), Failure> {
    let bytes = input::read(&args.input)?;
    wasmc_compiler::validate(&bytes, args.features).map_err(|error| Failure::compile(input::label(&args.input), &error))
}
