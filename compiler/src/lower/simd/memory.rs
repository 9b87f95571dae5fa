//! Loads and stores of vectors and of single lanes. Whole vectors are accessed as any other type.

use crate::lower::bounds::{Address, checked_address};
use crate::lower::builder::Builder;
use crate::lower::function::FunctionLowering;
use crate::lower::vector::{Lane, Shape, VectorLoadOp};
use crate::module::MemoryIndex;
use wasmparser::MemArg;

pub(super) fn load<B: Builder>(f: &mut FunctionLowering<'_, B>, op: VectorLoadOp, argument: MemArg) {
    let address = checked(f, argument, op.bytes());
    let vector = f.builder.vector_load(op, address.base, address.offset, address.access);
    f.push(vector);
}

pub(super) fn load_lane<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape, argument: MemArg, index: u8) {
    let vector = f.pop();
    let address = checked(f, argument, shape.lane_bytes());
    let lane = Lane { shape, index };
    let vector = f.builder.vector_load_lane(lane, vector, address.base, address.offset, address.access);
    f.push(vector);
}

pub(super) fn store_lane<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape, argument: MemArg, index: u8) {
    let vector = f.pop();
    let address = checked(f, argument, shape.lane_bytes());
    f.builder.vector_store_lane(Lane { shape, index }, vector, address.base, address.offset, address.access);
}

/// Pops the index and checks an access of `size` bytes.
fn checked<B: Builder>(f: &mut FunctionLowering<'_, B>, argument: MemArg, size: u32) -> Address<B::Value> {
    let index = f.pop();
    checked_address(f, MemoryIndex::from_u32(argument.memory), index, argument.offset, size)
}
