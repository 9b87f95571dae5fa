//! Instance state, reached by symbol (static mode) or through the instance parameter (dynamic
//! mode). Everything that differs between the two modes is in this file.

use super::builder::{Access, Builder, LoadOp, Region, StoreOp, Type};
use super::function::FunctionLowering;
use crate::analyze::Symbol;
use crate::options::InstanceMode;
use wasmc_runtime::abi::offsets;

/// Binds the instance parameter of a function (dynamic mode).
pub(super) fn declare<B: Builder>(f: &mut FunctionLowering<'_, B>, value: Option<B::Value>) {
    let local = f.builder.declare_local(Type::I64);
    if let Some(value) = value {
        f.builder.local_set(local, value);
    }
    f.instance = Some(local);
}

/// The address of the instance.
pub(super) fn address<B: Builder>(f: &mut FunctionLowering<'_, B>) -> B::Value {
    match f.instance {
        Some(local) => f.builder.local_get(local),
        None => f.builder.symbol_address(Symbol::Instance),
    }
}

/// The arguments that every internal call passes before the function's own.
pub(super) fn leading_arguments<B: Builder>(f: &mut FunctionLowering<'_, B>) -> Vec<B::Value> {
    match f.plan.instances {
        InstanceMode::Static => Vec::new(),
        InstanceMode::Dynamic => vec![address(f)],
    }
}

/// The lowest stack pointer a frame may reach.
pub(super) fn stack_limit<B: Builder>(f: &mut FunctionLowering<'_, B>) -> B::Value {
    match f.plan.instances {
        InstanceMode::Static => f.builder.const_i64(f.plan.stack.limit() as i64),
        InstanceMode::Dynamic => {
            load(f, LoadOp::Full(Type::I64), offsets::INSTANCE_STACK_LIMIT, Region::InstanceConstant)
        }
    }
}

/// Reads the field of the instance at `offset`.
pub(super) fn load<B: Builder>(f: &mut FunctionLowering<'_, B>, op: LoadOp, offset: u32, region: Region) -> B::Value {
    let instance = address(f);
    f.builder.load(op, instance, offset as i32, Access::trusted(region))
}

/// Writes the field of the instance at `offset`.
pub(super) fn store<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    op: StoreOp,
    value: B::Value,
    offset: u32,
    region: Region,
) {
    let instance = address(f);
    f.builder.store(op, value, instance, offset as i32, Access::trusted(region));
}

/// The address of the field of the instance at `offset`.
pub(super) fn field_address<B: Builder>(f: &mut FunctionLowering<'_, B>, offset: u32) -> B::Value {
    let instance = address(f);
    super::function::add_const(f.builder, instance, i64::from(offset))
}
