//! Memory instructions (WebAssembly core specification, section 2.4.7).

use super::bounds::{byte_length, checked_address, descriptor};
use super::builder::{Access, AtomicWidth, BinaryOp, Builder, ConvertOp, LoadOp, Region, StoreOp, Type};
use super::call::call_helper;
use super::function::{FunctionLowering, add_const, widen_index};
use super::{instance, numeric};
use crate::analyze::{DataPlan, MemoryBound, Symbol};
use crate::module::{DataIndex, MemoryIndex};
use wasmc_runtime::abi::{Helper, offsets};
use wasmparser::MemArg;

pub(super) fn load<B: Builder>(f: &mut FunctionLowering<'_, B>, op: LoadOp, argument: MemArg) {
    let index = f.pop();
    let memory = MemoryIndex::from_u32(argument.memory);
    let address = checked_address(f, memory, index, argument.offset, op.bytes());
    let value = f.builder.load(op, address.base, address.offset, address.access);
    f.push(value);
}

pub(super) fn store<B: Builder>(f: &mut FunctionLowering<'_, B>, op: StoreOp, argument: MemArg) {
    let value = f.pop();
    let index = f.pop();
    let memory = MemoryIndex::from_u32(argument.memory);
    let address = checked_address(f, memory, index, argument.offset, op.bytes());
    f.builder.store(op, value, address.base, address.offset, address.access);
}

/// `memory.size`, in pages.
pub(super) fn size<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) {
    let bytes = match f.plan.memories[memory].bound {
        MemoryBound::Guarded | MemoryBound::Loaded { .. } if f.module.memories[memory].shared => {
            shared_length(f, memory)
        }
        _ => byte_length(f, memory),
    };
    let pages = match f.module.memories[memory].page_size_log2 {
        0 => bytes,
        page_size_log2 => {
            let shift = f.builder.const_i64(i64::from(page_size_log2));
            f.builder.binary(BinaryOp::ShrU, bytes, shift)
        }
    };
    let pages = narrow_to_index(f, memory, pages);
    f.push(pages);
}

/// The size in bytes of a shared memory. Growth by another thread is seen sooner or later, however often it is read.
fn shared_length<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) -> B::Value {
    let descriptor = descriptor(f, memory);
    let address = add_const(f.builder, descriptor, i64::from(offsets::MEMORY_BYTE_LENGTH));
    f.builder.atomic_load(AtomicWidth::W64, Type::I64, address, Access::trusted(Region::Descriptors))
}

/// `memory.grow`: the old size in pages, or -1.
pub(super) fn grow<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) {
    let delta = f.pop();
    let delta = widen_index(f.builder, delta);
    let descriptor = descriptor(f, memory);
    let helper = if f.module.memories[memory].shared { Helper::MemoryGrowShared } else { Helper::MemoryGrow };
    let old = call_helper(f, helper, &[descriptor, delta])[0];
    let old = narrow_to_index(f, memory, old);
    f.push(old);
}

pub(super) fn init<B: Builder>(f: &mut FunctionLowering<'_, B>, segment: DataIndex, memory: MemoryIndex) {
    let operands = pop_indices(f, 3);
    let (bytes, length) = match f.plan.layout.data_lengths[segment] {
        Some(offset) => {
            let bytes = f.builder.symbol_address(Symbol::DataSegment(segment));
            (bytes, instance::load(f, LoadOp::Full(Type::I64), offset, Region::Instance))
        }
        // An active segment has been dropped by the time any code runs.
        None => (numeric::zero(f.builder, Type::I64), numeric::zero(f.builder, Type::I64)),
    };
    let memory = descriptor(f, memory);
    call_helper(f, Helper::MemoryInit, &[memory, bytes, length, operands[0], operands[1], operands[2]]);
}

/// Copies an active segment at instantiation.
pub(super) fn init_active<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    segment: DataIndex,
    memory: MemoryIndex,
    offset: B::Value,
) {
    debug_assert_eq!(f.plan.data[segment], DataPlan::Stored);
    let bytes = f.builder.symbol_address(Symbol::DataSegment(segment));
    let length = f.builder.const_i64(f.module.data[segment].bytes.len() as i64);
    let zero = numeric::zero(f.builder, Type::I64);
    let offset = widen_index(f.builder, offset);
    let memory = descriptor(f, memory);
    call_helper(f, Helper::MemoryInit, &[memory, bytes, length, offset, zero, length]);
}

pub(super) fn drop_data<B: Builder>(f: &mut FunctionLowering<'_, B>, segment: DataIndex) {
    if let Some(offset) = f.plan.layout.data_lengths[segment] {
        let zero = numeric::zero(f.builder, Type::I64);
        instance::store(f, StoreOp::Full(Type::I64), zero, offset, Region::Instance);
    }
}

/// Operands that are indices or lengths, as 64-bit values, the deepest first.
pub(super) fn pop_indices<B: Builder>(f: &mut FunctionLowering<'_, B>, count: usize) -> Vec<B::Value> {
    let operands = f.pop_many(count);
    operands.into_iter().map(|operand| widen_index(f.builder, operand)).collect()
}

/// A 64-bit count of pages as the memory's index type has it.
fn narrow_to_index<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex, pages: B::Value) -> B::Value {
    if f.module.memories[memory].memory64 {
        return pages;
    }
    f.builder.convert(ConvertOp::Wrap, pages, Type::I32)
}
