//! Tail calls (WebAssembly core specification, section 2.4.8): the callee takes the place of the caller's frame,
//! so that any number of them needs a constant amount of stack.

use super::builder::Builder;
use super::call::{self, CheckedCall, Target};
use super::function::FunctionLowering;
use super::{control, function_reference};
use crate::module::{FuncIndex, TableIndex, TypeIndex};
use wasmparser::Operator;

/// Lowers an operator of the proposal; tells whether it was one.
pub(super) fn dispatch<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) -> bool {
    match *operator {
        Operator::ReturnCall { function_index } => return_call(f, FuncIndex::from_u32(function_index)),
        Operator::ReturnCallIndirect { type_index, table_index } => {
            return_call_indirect(f, TypeIndex::from_u32(type_index), TableIndex::from_u32(table_index));
        }
        Operator::ReturnCallRef { type_index } => return_call_ref(f, TypeIndex::from_u32(type_index)),
        _ => return false,
    }
    true
}

fn return_call<B: Builder>(f: &mut FunctionLowering<'_, B>, function: FuncIndex) {
    let arguments = f.pop_many(f.module.function_type(function).parameters.len());
    leave_for(f, CheckedCall { target: Target::Function(function), arguments });
}

fn return_call_indirect<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: TypeIndex, table: TableIndex) {
    if let Some(call) = call::pop_indirect(f, ty, table) {
        leave_for(f, call);
    }
}

fn return_call_ref<B: Builder>(f: &mut FunctionLowering<'_, B>, ty: TypeIndex) {
    let call = function_reference::pop_call(f, ty);
    leave_for(f, call);
}

/// Calls in place of this function. The runtime's functions have another convention: they are
/// called and their results returned, which takes no more stack however often it is done.
fn leave_for<B: Builder>(f: &mut FunctionLowering<'_, B>, mut call: CheckedCall<B::Value>) {
    call.target = call::bind(f, call.target);
    match call.target {
        Target::Function(function) if f.plan.function_code[function].is_none() => {
            let results = call::call_function(f, function, call.arguments);
            f.builder.ret(&results);
        }
        _ => {
            let call = call::internal_call(f, call);
            f.builder.return_call(call.callee, &call.signature, &call.arguments);
        }
    }
    control::end_of_path(f);
}
