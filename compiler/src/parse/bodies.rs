//! Validates function bodies, in parallel.

use super::features::Failure;
use crate::module::Body;
use rayon::prelude::*;
use wasmparser::{FuncToValidate, FunctionBody, ValidatorResources};

/// Validates every body. Of several invalid ones the first in the module is reported, whatever the
/// number of threads.
pub(super) fn validate(
    functions: Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'_>)>,
) -> Result<Vec<Body>, Failure> {
    let results: Vec<Result<Body, Failure>> = functions
        .into_par_iter()
        .map_init(Default::default, |allocations, (function, body)| {
            let mut validator = function.into_validator(std::mem::take(allocations));
            validator.validate(&body)?;
            *allocations = validator.into_allocations();
            let range = body.range();
            Ok(Body { range })
        })
        .collect();
    results.into_iter().collect()
}
