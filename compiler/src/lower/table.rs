//! Table instructions (WebAssembly core specification, section 2.4.6).

use super::builder::{Access, BinaryOp, Builder, CompareOp, ConvertOp, LoadOp, Region, StoreOp, Type};
use super::call::call_helper;
use super::function::{FunctionLowering, widen_index};
use super::memory::pop_indices;
use super::{instance, null, numeric};
use crate::analyze::{ElementPlan, Symbol, TablePlan};
use crate::module::{ElementIndex, TableIndex, ValueType};
use wasmc_runtime::abi::{Helper, TrapCode, offsets};

pub(super) fn get<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex) {
    let index = f.pop();
    let index = widen_index(f.builder, index);
    let value = checked_load(f, table, index, TrapCode::TableOutOfBounds);
    f.push(value);
}

pub(super) fn set<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex) {
    let value = f.pop();
    let index = f.pop();
    let index = widen_index(f.builder, index);
    let address = checked_element(f, table, index, TrapCode::TableOutOfBounds);
    let access = Access::trusted(region(f, table));
    f.builder.store(StoreOp::Full(Type::I64), value, address, 0, access);
}

pub(super) fn size<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex) {
    let length = length(f, table);
    let length = narrow_to_index(f, table, length);
    f.push(length);
}

/// `table.grow`: the old length, or -1.
pub(super) fn grow<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex) {
    let delta = f.pop();
    let value = f.pop();
    let delta = widen_index(f.builder, delta);
    let descriptor = descriptor(f, table);
    let old = call_helper(f, Helper::TableGrow, &[descriptor, value, delta])[0];
    let old = narrow_to_index(f, table, old);
    f.push(old);
}

pub(super) fn fill<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex) {
    let length = f.pop();
    let value = f.pop();
    let target = f.pop();
    fill_with(f, table, target, value, length);
}

/// Sets `length` elements from `target` on.
pub(super) fn fill_with<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    table: TableIndex,
    target: B::Value,
    value: B::Value,
    length: B::Value,
) {
    let target = widen_index(f.builder, target);
    let length = widen_index(f.builder, length);
    let table = descriptor(f, table);
    call_helper(f, Helper::TableFill, &[table, target, value, length]);
}

pub(super) fn copy<B: Builder>(f: &mut FunctionLowering<'_, B>, target: TableIndex, source: TableIndex) {
    let operands = pop_indices(f, 3);
    let target = descriptor(f, target);
    let source = descriptor(f, source);
    call_helper(f, Helper::TableCopy, &[target, source, operands[0], operands[1], operands[2]]);
}

pub(super) fn init<B: Builder>(f: &mut FunctionLowering<'_, B>, segment: ElementIndex, table: TableIndex) {
    let operands = pop_indices(f, 3);
    let length = match f.plan.layout.element_lengths[segment] {
        Some(offset) => instance::load(f, LoadOp::Full(Type::I64), offset, Region::Instance),
        // Active and declared segments have been dropped by the time any code runs.
        None => numeric::zero(f.builder, Type::I64),
    };
    init_from(f, segment, table, length, [operands[0], operands[1], operands[2]]);
}

/// Copies from a segment of `length` elements; `operands` are target, source and count.
pub(super) fn init_from<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    segment: ElementIndex,
    table: TableIndex,
    length: B::Value,
    [target, source, count]: [B::Value; 3],
) {
    let table = descriptor(f, table);
    match f.plan.elements[segment] {
        ElementPlan::Functions(_) => {
            let elements = f.builder.symbol_address(Symbol::ElementSegment(segment));
            let funcrefs = instance::field_address(f, f.plan.layout.funcrefs);
            let arguments = [table, elements, length, funcrefs, target, source, count];
            call_helper(f, Helper::TableInitFunctions, &arguments);
        }
        ElementPlan::References | ElementPlan::Unused => {
            let elements = match f.plan.layout.element_references[segment] {
                Some(offset) => instance::field_address(f, offset),
                None => numeric::zero(f.builder, Type::I64),
            };
            call_helper(f, Helper::TableInitReferences, &[table, elements, length, target, source, count]);
        }
    }
}

pub(super) fn drop_elements<B: Builder>(f: &mut FunctionLowering<'_, B>, segment: ElementIndex) {
    if let Some(offset) = f.plan.layout.element_lengths[segment] {
        let zero = numeric::zero(f.builder, Type::I64);
        instance::store(f, StoreOp::Full(Type::I64), zero, offset, Region::Instance);
    }
}

/// The element at a 64-bit `index`; past the end is the trap `code`.
pub(super) fn checked_load<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    table: TableIndex,
    index: B::Value,
    code: TrapCode,
) -> B::Value {
    let address = checked_element(f, table, index, code);
    let access = Access::trusted(region(f, table));
    let element = f.builder.load(LoadOp::Full(Type::I64), address, 0, access);
    null::learn_type(f, element, ValueType::Ref(f.module.tables[table].ty.element));
    element
}

fn checked_element<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    table: TableIndex,
    index: B::Value,
    code: TrapCode,
) -> B::Value {
    let length = length(f, table);
    let past_end = f.builder.compare(CompareOp::GeU, index, length);
    f.builder.trap_if(past_end, code);
    let base = load_descriptor(f, table, offsets::TABLE_ELEMENTS);
    let shift = f.builder.const_i64(3);
    let offset = f.builder.binary(BinaryOp::Shl, index, shift);
    f.builder.binary(BinaryOp::Add, base, offset)
}

/// The number of elements, 64 bits wide.
fn length<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex) -> B::Value {
    match &f.plan.tables[table] {
        TablePlan::ReadOnly(entries) => f.builder.const_i64(entries.len() as i64),
        TablePlan::Mutable => load_descriptor(f, table, offsets::TABLE_LENGTH),
    }
}

/// The region of a table's elements. Imported tables share one, that of the first: they may be the
/// same table.
fn region<B: Builder>(f: &FunctionLowering<'_, B>, table: TableIndex) -> Region {
    Region::TableElements(if f.module.is_imported_table(table) { 0 } else { table.as_u32() })
}

/// The address of a table's `abi::Table`.
fn descriptor<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex) -> B::Value {
    let offset = descriptor_offset(f, table);
    if f.module.is_imported_table(table) {
        return instance::load(f, LoadOp::Full(Type::I64), offset, Region::InstanceConstant);
    }
    instance::field_address(f, offset)
}

/// Reads the field at `offset` of a table's `abi::Table`.
fn load_descriptor<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex, offset: u32) -> B::Value {
    if f.module.is_imported_table(table) {
        let descriptor = descriptor(f, table);
        let access = Access::trusted(Region::Descriptors);
        return f.builder.load(LoadOp::Full(Type::I64), descriptor, offset as i32, access);
    }
    let offset = descriptor_offset(f, table) + offset;
    instance::load(f, LoadOp::Full(Type::I64), offset, Region::Descriptors)
}

fn descriptor_offset<B: Builder>(f: &FunctionLowering<'_, B>, table: TableIndex) -> u32 {
    f.plan.layout.tables[table].expect("planned: a table that code handles has a descriptor")
}

fn narrow_to_index<B: Builder>(f: &mut FunctionLowering<'_, B>, table: TableIndex, value: B::Value) -> B::Value {
    if f.module.tables[table].ty.table64 {
        return value;
    }
    f.builder.convert(ConvertOp::Wrap, value, Type::I32)
}
