//! Which tables never change, and what of element segments is needed at run time.

use super::constant::{fold, fold_offset};
use super::plan::{ElementPlan, GlobalPlan, TablePlan};
use super::usage::Usage;
use super::world::Visible;
use crate::module::{
    ConstExpr, ConstOp, ElementIndex, ElementItems, FuncIndex, GlobalIndex, Module, SegmentMode, TableIndex,
};
use crate::options::{InstanceMode, Options};
use cranelift_entity::PrimaryMap;

/// A table that is mostly null costs less in memory that is never touched than in the executable.
const LARGEST_SPARSE_TABLE: u64 = 4096;

/// Decides which tables are read-only data: those that no operator changes or reads as references,
/// whose contents are known.
pub(super) fn plan_tables(
    module: &Module<'_>,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
    usage: &Usage,
    visible: &Visible,
    options: &Options,
) -> PrimaryMap<TableIndex, TablePlan> {
    module
        .tables
        .keys()
        .map(|table| {
            let is_candidate = options.instances == InstanceMode::Static
                && !module.is_imported_table(table)
                && !visible.tables.contains(&table)
                && !usage.handled_tables.contains(&table);
            match is_candidate.then(|| known_contents(module, globals, table)).flatten() {
                Some(entries) => TablePlan::ReadOnly(entries),
                None => TablePlan::Mutable,
            }
        })
        .collect()
}

/// The contents of a table after instantiation, when every segment for it is known and fits.
fn known_contents(
    module: &Module<'_>,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
    table: TableIndex,
) -> Option<Vec<Option<FuncIndex>>> {
    let description = &module.tables[table];
    if !description.ty.element.heap.is_function() {
        return None;
    }
    let initial = match &description.initial {
        Some(expr) => known_function(expr, globals)?,
        None => None,
    };
    let mut element_count = 0;
    for segment in module.elements.values() {
        if matches!(segment.mode, SegmentMode::Active { target, .. } if target == table) {
            element_count += segment.items.len() as u64;
        }
    }
    let length = description.ty.minimum;
    if length > LARGEST_SPARSE_TABLE.max(2 * element_count) {
        return None;
    }
    let mut entries = vec![initial; length as usize];
    for segment in module.elements.values() {
        let SegmentMode::Active { target, offset } = &segment.mode else { continue };
        if *target != table {
            continue;
        }
        let items = known_functions(&segment.items, globals)?;
        let start = usize::try_from(fold_offset(offset, globals)?).ok()?;
        entries.get_mut(start..start.checked_add(items.len())?)?.copy_from_slice(&items);
    }
    Some(entries)
}

/// Plans element segments for what is left: `table.init` and tables in storage.
pub(super) fn plan_elements(
    module: &Module<'_>,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
    tables: &PrimaryMap<TableIndex, TablePlan>,
    usage: &Usage,
) -> PrimaryMap<ElementIndex, ElementPlan> {
    module
        .elements
        .iter()
        .map(|(index, segment)| {
            let is_needed = match &segment.mode {
                SegmentMode::Declared => false,
                SegmentMode::Passive => usage.element_segments.contains(&index),
                SegmentMode::Active { target, .. } => tables[*target] == TablePlan::Mutable,
            };
            if !is_needed {
                return ElementPlan::Unused;
            }
            match known_functions(&segment.items, globals) {
                Some(items) => ElementPlan::Functions(items),
                None => ElementPlan::References,
            }
        })
        .collect()
}

/// The functions of a segment whose elements are all known; `None` in the list is null.
fn known_functions(
    items: &ElementItems,
    globals: &PrimaryMap<GlobalIndex, GlobalPlan>,
) -> Option<Vec<Option<FuncIndex>>> {
    match items {
        ElementItems::Functions(items) => Some(items.iter().copied().map(Some).collect()),
        ElementItems::Expressions(items) => items.iter().map(|expr| known_function(expr, globals)).collect(),
    }
}

/// The function that `expr` refers to, when it is known; `None` in it is null.
fn known_function(expr: &ConstExpr, globals: &PrimaryMap<GlobalIndex, GlobalPlan>) -> Option<Option<FuncIndex>> {
    match fold(expr, globals)? {
        ConstOp::RefFunc(function) => Some(Some(function)),
        ConstOp::RefNull(_) => Some(None),
        _ => None,
    }
}
