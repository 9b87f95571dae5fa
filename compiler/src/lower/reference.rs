//! References (WebAssembly core specification, section 2.4.3): a `funcref` is the address of an
//! `abi::FuncRef` in the instance; null is 0.

use super::builder::{Builder, CompareOp, Type};
use super::function::FunctionLowering;
use super::{instance, numeric};
use crate::module::FuncIndex;
use wasmc_runtime::abi::offsets;

pub(super) fn null<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let value = numeric::zero(f.builder, Type::I64);
    f.push(value);
}

pub(super) fn is_null<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let reference = f.pop();
    let null = numeric::zero(f.builder, Type::I64);
    let value = f.builder.compare(CompareOp::Eq, reference, null);
    f.push(value);
}

pub(super) fn func<B: Builder>(f: &mut FunctionLowering<'_, B>, function: FuncIndex) {
    let value = function_address(f, function);
    f.push(value);
}

/// The `funcref` of a function.
pub(super) fn function_address<B: Builder>(f: &mut FunctionLowering<'_, B>, function: FuncIndex) -> B::Value {
    let slot = f.plan.funcref_slots[function].expect("planned: a referenced function has a slot");
    let reference = instance::field_address(f, f.plan.layout.funcrefs + slot * offsets::FUNCREF_SIZE);
    f.functions.insert(reference, function);
    f.non_null.learn(reference);
    reference
}
