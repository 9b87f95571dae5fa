//! How values travel between functions.

use super::builder::ir_type;
use crate::lower::{Convention, Signature, Type};
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, Value, types};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::FunctionBuilder;

/// A signature in Cranelift's terms.
pub(super) fn convert_signature(signature: &Signature, c_convention: CallConv) -> ir::Signature {
    let mut converted = ir::Signature::new(match signature.convention {
        Convention::Internal => CallConv::Tail,
        Convention::C => c_convention,
    });
    converted.params.extend(signature.parameters.iter().map(|ty| passed_as(signature.convention, *ty)));
    converted.returns.extend(signature.results.iter().map(|ty| passed_as(signature.convention, *ty)));
    converted
}

/// How a value is passed and returned. Between functions of the module the upper half of the register of an `i32` is 0, so
/// that an index needs no extension where it arrives; `uext` on an `i64` says so.
fn passed_as(convention: Convention, ty: Type) -> AbiParam {
    match (convention, ty) {
        (Convention::Internal, Type::I32) => AbiParam::new(types::I64).uext(),
        _ => AbiParam::new(ir_type(ty)),
    }
}

/// Makes of `values` what is passed or returned.
pub(super) fn pass(inner: &mut FunctionBuilder<'_>, convention: Convention, values: &[Value]) -> Vec<Value> {
    let pass = |value: &Value| match (convention, inner.func.dfg.value_type(*value)) {
        (Convention::Internal, types::I32) => extend_for_callee(inner, *value),
        _ => *value,
    };
    values.iter().map(pass).collect()
}

/// Extends an `i32`. A load may become one instruction with its extension, whose place is then the load's.
fn extend_for_callee(inner: &mut FunctionBuilder<'_>, value: Value) -> Value {
    let here = inner.srcloc();
    let dfg = &inner.func.dfg;
    if let Some(definition) = dfg.value_def(value).inst().filter(|inst| dfg.insts[*inst].opcode().can_load()) {
        inner.set_srcloc(inner.func.srcloc(definition));
    }
    let wide = inner.ins().uextend(types::I64, value);
    inner.set_srcloc(here);
    wide
}

/// Makes of `passed` what the signature says.
pub(super) fn take_passed(
    inner: &mut FunctionBuilder<'_>,
    convention: Convention,
    ty: &[Type],
    passed: &[Value],
) -> Vec<Value> {
    let mut take = |ty: Type, value| match (convention, ty) {
        (Convention::Internal, Type::I32) => inner.ins().ireduce(types::I32, value),
        _ => value,
    };
    ty.iter().zip(passed).map(|(ty, value)| take(*ty, *value)).collect()
}
