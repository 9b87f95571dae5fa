//! `abi::CodeMap`: what traps and backtraces look up.
//!
//! ```text
//! function_starts    0, 0x40, 0x1a0        by address: the function
//! function_indices   3, 4, SYNTHETIC       its index in the module
//! entry_offsets      0, 7, 31, 31          its part of `entries`
//! name_offsets       0, 5, 9, 9            its part of `names`
//! ```

use super::function_name::FunctionNames;
use super::records::Records;
use super::section::{Place, SectionName, Target};
use crate::analyze::{Code, Plan};
use crate::codegen::CompiledCode;
use crate::module::Module;
use std::mem::offset_of;
use wasmc_runtime::abi::{self, CodeMap};

impl Records {
    /// Fills in the record at `record` of the read-only data. `sources` is where the `abi::SourceMap` lies, if there is one.
    pub(super) fn add_code_map(
        &mut self,
        module: &Module<'_>,
        plan: &Plan,
        sources: Option<Place>,
        code: &CompiledCode,
        record: u64,
    ) {
        let starts = self.append_u32s(code.ranges.values().map(|range| range.start));
        let indices = self.append_u32s(plan.code.values().map(|code| match code {
            Code::Function(function) => function.as_u32(),
            _ => abi::SYNTHETIC_FUNCTION,
        }));
        let entries_end = code.entries.len() as u32;
        let entry_offsets = self.append_u32s(code.entry_offsets.values().copied().chain([entries_end]));
        let entries = self.append_bytes(&code.entries, 1);
        let (names, name_offsets) = names(module, plan);
        let names_place = self.append_bytes(names.as_bytes(), 1);
        let name_offsets_place = self.append_u32s(name_offsets.iter().copied());

        let functions = code.ranges.len();
        let text = Place { section: SectionName::Text, offset: 0 };
        let field = |offset: usize| record + offset as u64;
        let out = &mut self.read_only;
        out.put_address(field(offset_of!(CodeMap, start)), Target::Place(text));
        out.put_u64(field(offset_of!(CodeMap, length)), code.text.len() as u64);
        out.put_slice(field(offset_of!(CodeMap, function_starts)), starts, functions);
        out.put_slice(field(offset_of!(CodeMap, function_indices)), indices, functions);
        out.put_slice(field(offset_of!(CodeMap, entry_offsets)), entry_offsets, functions + 1);
        out.put_slice(field(offset_of!(CodeMap, entries)), entries, code.entries.len());
        out.put_slice(field(offset_of!(CodeMap, name_offsets)), name_offsets_place, name_offsets.len());
        out.put_slice(field(offset_of!(CodeMap, names)), names_place, names.len());
        if let Some(sources) = sources {
            out.put_address(field(offset_of!(CodeMap, sources)), Target::Place(sources));
        }
    }
}

/// What messages call all functions, and where each name starts; nothing at all when none has a name.
fn names(module: &Module<'_>, plan: &Plan) -> (String, Vec<u32>) {
    let mut names = String::new();
    let mut offsets = vec![0];
    let mut readable = FunctionNames::default();
    for piece in plan.code.values() {
        if let Code::Function(function) = piece
            && let Some(name) = module.names.functions.get(function)
        {
            readable.append(name, &mut names);
        }
        offsets.push(names.len() as u32);
    }
    if names.is_empty() {
        offsets.clear();
    }
    (names, offsets)
}
