//! Where everything lies in an instance.

use super::plan::{DataPlan, ElementPlan, GlobalPlan, MemoryPlan, TablePlan};
use super::world::Visible;
use crate::module::{
    DataIndex, ElementIndex, GlobalIndex, MemoryIndex, Module, SegmentMode, TableIndex, TagIndex, ValueType,
};
use cranelift_entity::{PrimaryMap, SecondaryMap};
use wasmc_runtime::abi::offsets;

/// Bytes of an address.
const ADDRESS_SIZE: u32 = 8;

/// Byte offsets from the start of an instance. What is absent needs no storage.
///
/// The head is `abi::Instance`; globals follow it, because they are used most and small offsets
/// encode shorter.
#[derive(Debug)]
pub struct InstanceLayout {
    /// Globals that have storage: 8 bytes each, 16 for `v128`; of an imported one, its address.
    pub globals: SecondaryMap<GlobalIndex, Option<u32>>,
    /// An `abi::Memory` for each memory, with the `abi::LastIndices` that it keeps; of an imported one, its address.
    pub memories: PrimaryMap<MemoryIndex, u32>,
    /// An `abi::Table` for each table that is not read-only data; of an imported one, its address.
    pub tables: SecondaryMap<TableIndex, Option<u32>>,
    /// Tags that other instances see: one word each, whose address is what they are; of an imported
    /// one, that address.
    pub tags: SecondaryMap<TagIndex, Option<u32>>,
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

/// What has been decided of everything that may have a place in an instance.
pub(super) struct Contents<'a> {
    pub(super) globals: &'a PrimaryMap<GlobalIndex, GlobalPlan>,
    pub(super) memories: &'a PrimaryMap<MemoryIndex, MemoryPlan>,
    pub(super) tables: &'a PrimaryMap<TableIndex, TablePlan>,
    pub(super) elements: &'a PrimaryMap<ElementIndex, ElementPlan>,
    pub(super) data: &'a PrimaryMap<DataIndex, DataPlan>,
    /// The number of function references.
    pub(super) funcrefs: usize,
}

impl InstanceLayout {
    pub(super) fn new(module: &Module<'_>, contents: &Contents<'_>, visible: &Visible) -> InstanceLayout {
        let Contents { globals, memories, tables, elements, data, funcrefs } = *contents;
        let mut cursor = Cursor { end: offsets::INSTANCE_SIZE };
        let mut layout = InstanceLayout {
            globals: SecondaryMap::new(),
            memories: PrimaryMap::new(),
            tables: SecondaryMap::new(),
            tags: SecondaryMap::new(),
            data_lengths: SecondaryMap::new(),
            element_lengths: SecondaryMap::new(),
            funcrefs: 0,
            element_references: SecondaryMap::new(),
            size: 0,
        };
        for (index, plan) in globals {
            let is_vector = module.globals[index].ty.value == ValueType::V128;
            layout.globals[index] = match plan {
                GlobalPlan::Imported => Some(cursor.take(ADDRESS_SIZE, 8)),
                GlobalPlan::Constant(_) if !visible.globals.contains(&index) => None,
                GlobalPlan::Constant(_) | GlobalPlan::Stored { .. } if is_vector => Some(cursor.take(16, 16)),
                GlobalPlan::Constant(_) | GlobalPlan::Stored { .. } => Some(cursor.take(8, 8)),
            };
        }
        for (index, plan) in memories {
            let size = match plan.keeps_last_indices {
                _ if module.is_imported_memory(index) => ADDRESS_SIZE,
                true => offsets::MEMORY_SIZE + offsets::LAST_INDICES_SIZE,
                false => offsets::MEMORY_SIZE,
            };
            layout.memories.push(cursor.take(size, 8));
        }
        for (index, plan) in tables {
            if *plan == TablePlan::Mutable {
                let size = if module.is_imported_table(index) { ADDRESS_SIZE } else { offsets::TABLE_SIZE };
                layout.tables[index] = Some(cursor.take(size, 8));
            }
        }
        for tag in module.tags.keys().filter(|tag| module.is_imported_tag(*tag) || visible.tags.contains(tag)) {
            layout.tags[tag] = Some(cursor.take(ADDRESS_SIZE, 8));
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
