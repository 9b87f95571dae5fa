//! Code that only changes the convention of a call.

use super::builder::{Access, Builder, LoadOp, Region, StoreOp};
use super::call::call_function;
use super::function::{FunctionLowering, check_stack};
use super::instance;
use super::signature::machine_types;
use crate::error::Error;
use crate::module::FuncIndex;
use crate::options::InstanceMode;

/// An import in the convention of internal calls, for those who hold its address.
pub(super) fn lower_import<B: Builder>(f: &mut FunctionLowering<'_, B>, function: FuncIndex) -> Result<(), Error> {
    let mut arguments = f.builder.parameters();
    if f.plan.instances == InstanceMode::Dynamic {
        let instance = arguments.remove(0);
        instance::declare(f, Some(instance));
    }
    check_stack(f);
    let results = call_function(f, function, arguments);
    f.builder.ret(&results);
    Ok(())
}

/// A function called as `abi::ArrayTrampoline` says: arguments and results in memory.
pub(super) fn lower_array_trampoline<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    function: FuncIndex,
) -> Result<(), Error> {
    let parameters = f.builder.parameters();
    let values = parameters[1];
    if f.plan.instances == InstanceMode::Dynamic {
        instance::declare(f, Some(parameters[0]));
    }
    let access = Access::trusted(Region::Instance);
    let ty = f.module.function_type(function);
    let mut offset = 0;
    let mut arguments = Vec::new();
    for ty in machine_types(&ty.parameters) {
        arguments.push(f.builder.load(LoadOp::Full(ty), values, offset, access));
        offset += slot_size(ty);
    }
    let results = call_function(f, function, arguments);
    let mut offset = 0;
    for (ty, value) in machine_types(&ty.results).into_iter().zip(results) {
        f.builder.store(StoreOp::Full(ty), value, values, offset, access);
        offset += slot_size(ty);
    }
    f.builder.ret(&[]);
    Ok(())
}

/// Bytes between one value and the next.
fn slot_size(ty: super::builder::Type) -> i32 {
    ty.bytes().max(8) as i32
}
