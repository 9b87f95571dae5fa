//! Whether the processor has what the program was compiled for: said in words at start-up, instead of an undefined
//! instruction later.

use crate::abi::{CpuFeature, Requirements};
use crate::start;
use crate::sys::has_feature;

/// [`Requirements::check`].
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_check_processor(requirements: *const Requirements) {
    // SAFETY: the compiler wrote the record.
    let numbers = unsafe { (*requirements).features.get() };
    for feature in numbers.iter().filter_map(|number| CpuFeature::from_number(*number)) {
        if !has_feature(feature) {
            start::fail(|message| {
                message
                    .text("this processor lacks ")
                    .text(feature.name())
                    .text(", which the program is built for (--cpu)");
            });
        }
    }
}
