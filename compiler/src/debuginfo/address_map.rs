//! From places in the module to places in the text.

use crate::analyze::{Code, CodeIndex, Plan};
use crate::codegen::{CodeRange, CompiledCode, Location};
use crate::module::{FuncIndex, Module};
use std::cell::Cell;
use std::ops::Range;

/// A function that has code.
#[derive(Clone, Debug)]
pub(super) struct FunctionPlace {
    pub(super) function: FuncIndex,
    pub(super) code: CodeIndex,
    /// Its bytes in the module, the size in front of them included.
    pub(super) wasm: Range<u32>,
    /// Its bytes in the text.
    pub(super) text: Range<u32>,
}

/// Where the operators of a module went.
pub(super) struct AddressMap<'a> {
    /// What DWARF counts from.
    code_start: u64,
    /// By place in the module.
    functions: Vec<FunctionPlace>,
    /// Of the whole text, ascending.
    locations: &'a [Location],
    /// How many stretches of code have been looked at to answer.
    steps: Cell<usize>,
}

/// DWARF of a few megabytes can ask a million times about all of a large function. SQLite's asks for a hundredth of this; whoever asks for
/// more is told that nothing is there.
const MOST_STEPS: usize = 2_000_000_000;

impl<'a> AddressMap<'a> {
    pub(super) fn new(module: &Module<'_>, plan: &Plan, code: &'a CompiledCode) -> AddressMap<'a> {
        let mut functions = Vec::new();
        for (index, kind) in &plan.code {
            let Code::Function(function) = *kind else { continue };
            let Some(body) = module.body(function) else { continue };
            let CodeRange { start, length } = code.ranges[index];
            let before = function.as_u32().checked_sub(1).map(FuncIndex::from_u32);
            let before = before.and_then(|function| module.body(function));
            let start_of_size = before.map_or(module.code_start(), |body| body.range.end);
            functions.push(FunctionPlace {
                function,
                code: index,
                wasm: start_of_size as u32..body.range.end as u32,
                text: start..start + length,
            });
        }
        functions.sort_by_key(|function| function.wasm.start);
        AddressMap {
            code_start: module.code_start() as u64,
            functions,
            locations: &code.locations,
            steps: Cell::new(0),
        }
    }

    /// An address of the module's DWARF as an offset in the module.
    pub(super) fn offset(&self, address: u64) -> Option<u32> {
        u32::try_from(address.checked_add(self.code_start)?).ok()
    }

    /// The function whose bytes the address is one of.
    pub(super) fn function(&self, address: u64) -> Option<&FunctionPlace> {
        let offset = self.offset(address)?;
        let behind = self.functions.partition_point(|function| function.wasm.start <= offset);
        self.functions[..behind].last().filter(|function| function.wasm.contains(&offset))
    }

    /// All functions that have code, by place in the module.
    pub(super) fn functions(&self) -> &[FunctionPlace] {
        &self.functions
    }

    /// The stretches of a function's code, ascending.
    pub(super) fn locations(&self, function: &FunctionPlace) -> &'a [Location] {
        let start = self.locations.partition_point(|location| location.end <= function.text.start);
        let end = self.locations.partition_point(|location| location.start < function.text.end);
        &self.locations[start..end]
    }

    /// Where in the text the operators between two addresses are, ascending; those of one function, the one that `start` is in.
    pub(super) fn ranges(&self, start: u64, end: u64) -> Vec<Range<u32>> {
        let Some(function) = self.function(start) else { return Vec::new() };
        let (Some(start), Some(end)) = (self.offset(start), self.offset(end)) else { return Vec::new() };
        self.ranges_of(function, start..end)
    }

    /// Where in a function's code the operators between two offsets are, ascending.
    pub(super) fn ranges_of(&self, function: &FunctionPlace, wasm: Range<u32>) -> Vec<Range<u32>> {
        // All of it: what comes from no operator, too.
        if wasm.start <= function.wasm.start + LONGEST_SIZE && wasm.end >= function.wasm.end {
            return vec![function.text.clone()];
        }
        let mut ranges: Vec<Range<u32>> = Vec::new();
        let mut is_inside = false;
        let locations = self.locations(function);
        self.steps.set(self.steps.get() + locations.len());
        if self.steps.get() > MOST_STEPS {
            return ranges;
        }
        for location in locations {
            let was_inside = std::mem::replace(&mut is_inside, wasm.contains(&location.wasm));
            match ranges.last_mut() {
                // What lies between comes from no operator: it belongs to both.
                Some(last) if is_inside && was_inside => last.end = location.end,
                _ if is_inside => ranges.push(location.start..location.end),
                _ => {}
            }
        }
        ranges
    }
}

/// Bytes that the size of a body takes at most.
const LONGEST_SIZE: u32 = 5;
