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
    /// What each function of less than [`MEDIUM_BODY`] calls, unless it calls the runtime.
    pub frames: Vec<(FuncIndex, Frame)>,
}

/// What the frame of a function that does not call the runtime needs below the stack pointer that it is called with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Frame {
    /// Less than half of the stack's red zone: the function calls nothing, and has less than [`SMALL_BODY`].
    SmallLeaf,
    /// Less than a quarter of what is empty below the stack, until the next function that is called.
    Medium,
}

/// A function of fewer bytes and locals than this has fewer values than bytes and locals, each of at most 16 bytes, so
/// its frame is smaller than half of the stack's red zone.
const SMALL_BODY: usize = 2048;
/// As little as that is what is empty below the stack.
const MEDIUM_BODY: usize = 1 << 20;

/// What a function calls. Tail calls do not count: the frame is gone when the callee begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Calls {
    Nothing,
    GeneratedCode,
    Runtime,
}

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
                let (calls, locals) = usage
                    .read_body(module, &module.bytes[body.range.clone()])
                    .map_err(|error| Error::bug(format!("the scan of function {}", function.as_u32()), error))?;
                let size = body.range.len().max(locals as usize);
                match calls {
                    Calls::Nothing if size < SMALL_BODY => usage.frames.push((function, Frame::SmallLeaf)),
                    Calls::Nothing | Calls::GeneratedCode if size < MEDIUM_BODY => {
                        usage.frames.push((function, Frame::Medium));
                    }
                    _ => {}
                }
                Ok(usage)
            })
            .try_reduce(Usage::default, |left, right| Ok(left.merge(right)))
    }

    /// Notes what one body does; tells what it calls, and how many locals it has.
    fn read_body(&mut self, module: &Module<'_>, bytes: &[u8]) -> wasmparser::Result<(Calls, u32)> {
        let body = FunctionBody::new(BinaryReader::new(bytes, 0));
        let mut calls = Calls::Nothing;
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
                // What provides an import is called from the caller's frame, for which there must be room.
                Operator::Call { function_index } | Operator::ReturnCall { function_index }
                    if (function_index as usize) < module.imported_functions =>
                {
                    calls = Calls::Runtime;
                }
                Operator::Call { .. } | Operator::CallIndirect { .. } | Operator::CallRef { .. } => {
                    calls = calls.max(Calls::GeneratedCode);
                }
                Operator::RefFunc { function_index } => {
                    self.referenced_functions.insert(FuncIndex::from_u32(function_index));
                }
                Operator::MemoryGrow { mem } => {
                    self.grown_memories.insert(MemoryIndex::from_u32(mem));
                    calls = Calls::Runtime;
                }
                Operator::MemoryCopy { .. } | Operator::MemoryFill { .. } => calls = Calls::Runtime,
                Operator::MemoryAtomicWait32 { .. }
                | Operator::MemoryAtomicWait64 { .. }
                | Operator::MemoryAtomicNotify { .. } => calls = Calls::Runtime,
                Operator::MemoryInit { data_index, .. } => {
                    self.data_segments.insert(DataIndex::from_u32(data_index));
                    calls = Calls::Runtime;
                }
                Operator::DataDrop { data_index } => {
                    self.data_segments.insert(DataIndex::from_u32(data_index));
                }
                Operator::TableInit { elem_index, table } => {
                    self.element_segments.insert(ElementIndex::from_u32(elem_index));
                    self.handled_tables.insert(TableIndex::from_u32(table));
                    calls = Calls::Runtime;
                }
                Operator::ElemDrop { elem_index } => {
                    self.element_segments.insert(ElementIndex::from_u32(elem_index));
                }
                Operator::TableCopy { dst_table, src_table } => {
                    self.handled_tables.extend([dst_table, src_table].map(TableIndex::from_u32));
                    calls = Calls::Runtime;
                }
                Operator::TableGet { table } | Operator::TableSet { table } => {
                    self.handled_tables.insert(TableIndex::from_u32(table));
                }
                Operator::TableGrow { table } | Operator::TableFill { table } => {
                    self.handled_tables.insert(TableIndex::from_u32(table));
                    calls = Calls::Runtime;
                }
                _ => {}
            }
        }
        Ok((calls, locals))
    }

    fn merge(mut self, mut other: Usage) -> Usage {
        self.referenced_functions.append(&mut other.referenced_functions);
        self.grown_memories.append(&mut other.grown_memories);
        self.handled_tables.append(&mut other.handled_tables);
        self.data_segments.append(&mut other.data_segments);
        self.element_segments.append(&mut other.element_segments);
        self.frames.append(&mut other.frames);
        self
    }
}
