//! What the bodies of a module do to its memories, tables, segments and functions: one pass over
//! all operators, in parallel.

use crate::error::Error;
use crate::module::{DataIndex, ElementIndex, FuncIndex, MemoryIndex, Module, TableIndex};
use cranelift_entity::EntityRef;
use rayon::prelude::*;
use std::collections::BTreeSet;
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// What happens anywhere in a module.
#[derive(Debug, Default)]
pub(super) struct Usage {
    /// Operands of `ref.func`.
    pub referenced_functions: BTreeSet<FuncIndex>,
    /// Memories that may grow.
    pub grown_memories: BTreeSet<MemoryIndex>,
    /// Tables that an operator other than `call_indirect` and `table.size` names.
    pub handled_tables: BTreeSet<TableIndex>,
    /// Segments that `memory.init` or `data.drop` names.
    pub data_segments: BTreeSet<DataIndex>,
    /// Segments that `table.init` or `elem.drop` names.
    pub element_segments: BTreeSet<ElementIndex>,
    /// Functions that call nothing, not even the runtime, and are too small to have a large frame. Tail
    /// calls do not count: the frame is gone when the callee begins.
    pub small_leaves: Vec<FuncIndex>,
}

/// A function of fewer bytes than this has fewer values than bytes, so its frame is smaller than
/// half of the stack's red zone.
const SMALL_BODY: usize = 2048;

impl Usage {
    /// Reads every body.
    pub(super) fn of(module: &Module<'_>) -> Result<Usage, Error> {
        let bodies: Vec<(usize, &crate::module::Body)> = module.bodies.iter().enumerate().collect();
        bodies
            .par_iter()
            .with_min_len(16)
            .map(|(index, body)| {
                let function = FuncIndex::new(module.imported_functions + index);
                let mut usage = Usage::default();
                let is_leaf = usage
                    .read_body(module, &module.bytes[body.range.clone()])
                    .map_err(|error| Error::bug(format!("the scan of function {}", function.as_u32()), error))?;
                if is_leaf && body.range.len() < SMALL_BODY {
                    usage.small_leaves.push(function);
                }
                Ok(usage)
            })
            .try_reduce(Usage::default, |left, right| Ok(left.merge(right)))
    }

    /// Notes what one body does; tells whether it calls nothing.
    fn read_body(&mut self, module: &Module<'_>, bytes: &[u8]) -> wasmparser::Result<bool> {
        let body = FunctionBody::new(BinaryReader::new(bytes, 0));
        let mut is_leaf = true;
        let mut locals = 0u32;
        for group in body.get_locals_reader()? {
            let (count, ty) = group?;
            // A vector is as wide as two others. What makes one takes two bytes of the body or more.
            let width = if ty == wasmparser::ValType::V128 { 2 } else { 1 };
            locals = locals.saturating_add(count.saturating_mul(width));
        }
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            match operators.read()? {
                Operator::Call { .. } | Operator::CallIndirect { .. } | Operator::CallRef { .. } => is_leaf = false,
                // What provides an import is called from the caller's frame, for which there must be room.
                Operator::ReturnCall { function_index } if (function_index as usize) < module.imported_functions => {
                    is_leaf = false;
                }
                Operator::RefFunc { function_index } => {
                    self.referenced_functions.insert(FuncIndex::from_u32(function_index));
                }
                Operator::MemoryGrow { mem } => {
                    self.grown_memories.insert(MemoryIndex::from_u32(mem));
                    is_leaf = false;
                }
                Operator::MemoryCopy { .. } | Operator::MemoryFill { .. } => is_leaf = false,
                Operator::MemoryAtomicWait32 { .. }
                | Operator::MemoryAtomicWait64 { .. }
                | Operator::MemoryAtomicNotify { .. } => is_leaf = false,
                Operator::MemoryInit { data_index, .. } => {
                    self.data_segments.insert(DataIndex::from_u32(data_index));
                    is_leaf = false;
                }
                Operator::DataDrop { data_index } => {
                    self.data_segments.insert(DataIndex::from_u32(data_index));
                }
                Operator::TableInit { elem_index, table } => {
                    self.element_segments.insert(ElementIndex::from_u32(elem_index));
                    self.handled_tables.insert(TableIndex::from_u32(table));
                    is_leaf = false;
                }
                Operator::ElemDrop { elem_index } => {
                    self.element_segments.insert(ElementIndex::from_u32(elem_index));
                }
                Operator::TableCopy { dst_table, src_table } => {
                    self.handled_tables.extend([dst_table, src_table].map(TableIndex::from_u32));
                    is_leaf = false;
                }
                Operator::TableGet { table } | Operator::TableSet { table } => {
                    self.handled_tables.insert(TableIndex::from_u32(table));
                }
                Operator::TableGrow { table } | Operator::TableFill { table } => {
                    self.handled_tables.insert(TableIndex::from_u32(table));
                    is_leaf = false;
                }
                _ => {}
            }
        }
        Ok(is_leaf && locals < SMALL_BODY as u32)
    }

    fn merge(mut self, mut other: Usage) -> Usage {
        self.referenced_functions.append(&mut other.referenced_functions);
        self.grown_memories.append(&mut other.grown_memories);
        self.handled_tables.append(&mut other.handled_tables);
        self.data_segments.append(&mut other.data_segments);
        self.element_segments.append(&mut other.element_segments);
        self.small_leaves.append(&mut other.small_leaves);
        self
    }
}
