//! Where everything lies in an instance.

use super::plan::{DataPlan, ElementPlan, GlobalPlan, TablePlan};
use crate::module::{DataIndex, ElementIndex, GlobalIndex, MemoryIndex, Module, SegmentMode, TableIndex, ValueType};
use cranelift_entity::{PrimaryMap, SecondaryMap};
use wasmc_runtime::abi::offsets;

/// Byte offsets from the start of an instance. What is absent needs no storage.
///
/// The head is `abi::Instance`; globals follow it, because they are used most and small offsets
/// encode shorter.
#[derive(Debug)]
pub struct InstanceLayout {
    /// Globals that have storage: 8 bytes each, 16 for `v128`.
    pub globals: SecondaryMap<GlobalIndex, Option<u32>>,
    /// An `abi::Memory` for each memory.
    pub memories: PrimaryMap<MemoryIndex, u32>,
    /// An `abi::Table` for each table that is not read-only data.
    pub tables: SecondaryMap<TableIndex, Option<u32>>,
    /// Bytes left of each passive data segment: an `i64` that `data.drop` zeroes.
    pub data_lengths: SecondaryMap<DataIndex, Option<u32>>,
    /// Elements left of each passive element segment: an `i64` that `elem.drop` zeroes.
    pub element_lengths: SecondaryMap<ElementIndex, Option<u32>>,
    /// An array of `abi::FuncRef`.
    pub funcrefs: u32,
    /// Arrays of references for segments that instantiation evaluates.
    pub element_references: SecondaryMap<ElementIndex, Option<u32>>,
    /// Bytes of the whole.
    pub size: u32,
}

impl InstanceLayout {
    pub(super) fn new(
        module: &Module<'_>,
        globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
        tables: &PrimaryMap<TableIndex, TablePlan>,
        elements: &PrimaryMap<ElementIndex, ElementPlan>,
        data: &PrimaryMap<DataIndex, DataPlan>,
        funcrefs: usize,
    ) -> InstanceLayout {
        let mut cursor = Cursor { end: offsets::INSTANCE_SIZE };
        let mut layout = InstanceLayout {
            globals: SecondaryMap::new(),
            memories: PrimaryMap::new(),
            tables: SecondaryMap::new(),
            data_lengths: SecondaryMap::new(),
            element_lengths: SecondaryMap::new(),
            funcrefs: 0,
            element_references: SecondaryMap::new(),
            size: 0,
        };
        for (index, plan) in globals {
            if let GlobalPlan::Stored { .. } = plan {
                let is_vector = module.globals[index].ty.value == ValueType::V128;
                layout.globals[index] = Some(if is_vector { cursor.take(16, 16) } else { cursor.take(8, 8) });
            }
        }
        for _ in module.memories.keys() {
            layout.memories.push(cursor.take(offsets::MEMORY_SIZE, 8));
        }
        for (index, plan) in tables {
            if *plan == TablePlan::Mutable {
                layout.tables[index] = Some(cursor.take(offsets::TABLE_SIZE, 8));
            }
        }
        for (index, plan) in data {
            if *plan == DataPlan::Stored && matches!(module.data[index].mode, SegmentMode::Passive) {
                layout.data_lengths[index] = Some(cursor.take(8, 8));
            }
        }
        for (index, plan) in elements {
            if *plan != ElementPlan::Unused && matches!(module.elements[index].mode, SegmentMode::Passive) {
                layout.element_lengths[index] = Some(cursor.take(8, 8));
            }
        }
        layout.funcrefs = cursor.take(offsets::FUNCREF_SIZE * funcrefs as u32, 8);
        for (index, plan) in elements {
            if *plan == ElementPlan::References {
                let count = module.elements[index].items.len() as u32;
                layout.element_references[index] = Some(cursor.take(8 * count, 8));
            }
        }
        layout.size = cursor.take(0, 16);
        layout
    }
}

struct Cursor {
    end: u32,
}

impl Cursor {
    /// Reserves `size` bytes and gives their offset.
    fn take(&mut self, size: u32, alignment: u32) -> u32 {
        let start = self.end.next_multiple_of(alignment);
        self.end = start + size;
        start
    }
}
