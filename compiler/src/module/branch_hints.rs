//! The section `metadata.code.branch_hint` (WebAssembly core specification, appendix "Custom Annotations";
//! proposal "branch hinting").

use super::FuncIndex;
use std::collections::HashMap;

/// What the producer of a module expects of its conditional branches. A module without the section, or
/// with a damaged one, has no hints.
#[derive(Debug, Default)]
pub struct BranchHints {
    /// For each function with hints, whether the branch at an offset is likely to be taken. Offsets
    /// count bytes from the start of the body.
    pub functions: HashMap<FuncIndex, HashMap<u32, bool>>,
}
