//! `abi::Requirements`: what the program needs of the processor.

use super::records::{Records, read_only};
use super::section::{Place, Target};
use crate::codegen::required_features;
use crate::error::Error;
use crate::options::Options;
use std::mem::offset_of;
use wasmc_runtime::abi;

impl Records {
    /// The `abi::Requirements`, when the baseline is not enough.
    pub(super) fn add_requirements(&mut self, options: &Options) -> Result<Option<Place>, Error> {
        let features: Vec<u8> = required_features(options)?.into_iter().map(|feature| feature as u8).collect();
        if features.is_empty() {
            return Ok(None);
        }
        let place = self.append_bytes(&features, 1);
        let record = self.reserve_record::<abi::Requirements>();
        let check = Target::External(abi::CHECK_PROCESSOR_SYMBOL.to_owned());
        self.read_only.put_address(record + offset_of!(abi::Requirements, check) as u64, check);
        let field = record + offset_of!(abi::Requirements, features) as u64;
        self.read_only.put_slice(field, place, features.len());
        Ok(Some(read_only(record)))
    }
}
