//! Branch hints. They never make a module invalid: a section that cannot be read to its end is left out whole.

use crate::module::{BranchHints, FuncIndex};
use std::collections::HashMap;
use wasmparser::BranchHintSectionReader;

pub(super) fn read(reader: BranchHintSectionReader<'_>) -> BranchHints {
    try_read(reader).unwrap_or_default()
}

fn try_read(reader: BranchHintSectionReader<'_>) -> wasmparser::Result<BranchHints> {
    let mut functions = HashMap::new();
    for function in reader {
        let function = function?;
        let hints = function.hints.into_iter().map(|hint| hint.map(|hint| (hint.func_offset, hint.taken)));
        functions.insert(FuncIndex::from_u32(function.func), hints.collect::<wasmparser::Result<_>>()?);
    }
    Ok(BranchHints { functions })
}
