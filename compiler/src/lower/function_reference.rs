//! Typed function references (WebAssembly core specification, sections 2.4.3 and 2.4.8): calls through a reference,
//! and branches on null.

use super::builder::Builder;
use super::call::{self, CheckedCall, Target};
use super::function::FunctionLowering;
use super::{control, null};
use crate::module::TypeIndex;
use wasmc_runtime::abi::TrapCode;
use wasmparser::Operator;

/// Lowers an operator of the proposal; tells whether it was one.
pub(super) fn dispatch<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) -> bool {
    match *operator {
        Operator::CallRef { type_index } => call_ref(f, TypeIndex::from_u32(type_index)),
        Operator::RefAsNonNull => as_non_null(f),
        Operator::BrOnNull { relative_depth } => br_on_null(f, relative_depth),
        Operator::BrOnNonNull { relative_depth } => br_on_non_null(f, relative_depth),
        _ => return false,
    }
    true
}

fn call_ref<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: TypeIndex) {
    let call = pop_call(f, ty);
    let results = call::call_checked(f, call);
    f.stack.extend(results);
}

/// The operands of `call_ref` and its like. The type needs no check: validation has seen it.
pub(super) fn pop_call<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: TypeIndex) -> CheckedCall<B::Value> {
    let reference = f.pop();
    let arguments = f.pop_many(f.module.types[ty].parameters.len());
    let target = match f.functions.get(&reference) {
        Some(function) => Target::Function(*function),
        None => call::dereference(f, reference, ty, TrapCode::NullReference),
    };
    CheckedCall { target, arguments }
}

fn as_non_null<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let reference = f.pop();
    null::check(f, reference, TrapCode::NullReference);
    f.push(reference);
}

/// `br_on_null`: branches without the reference, goes on with it.
fn br_on_null<B: Builder>(f: &mut FunctionLowering<'_, B>, depth: u32) {
    let reference = f.pop();
    let arguments = control::branch_operands(f, depth);
    control::branch_or_go_on(f, reference, false, depth, &arguments);
    f.non_null.learn(reference);
    f.push(reference);
}

/// `br_on_non_null`: branches with the reference, goes on without it.
fn br_on_non_null<B: Builder>(f: &mut FunctionLowering<'_, B>, depth: u32) {
    let arguments = control::branch_operands(f, depth);
    let reference = f.pop();
    control::branch_or_go_on(f, reference, true, depth, &arguments);
}
