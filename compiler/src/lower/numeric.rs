//! Numeric instructions (WebAssembly core specification, section 2.4.1).

use super::builder::{BinaryOp, Builder, CompareOp, ConvertOp, Type, UnaryOp};
use super::function::FunctionLowering;

pub(super) fn unary<B: Builder>(f: &mut FunctionLowering<'_, B>, op: UnaryOp) {
    let operand = f.pop();
    let value = f.builder.unary(op, operand);
    f.push(value);
}

pub(super) fn binary<B: Builder>(f: &mut FunctionLowering<'_, B>, op: BinaryOp) {
    let right = f.pop();
    let left = f.pop();
    let value = f.builder.binary(op, left, right);
    f.push(value);
}

pub(super) fn compare<B: Builder>(f: &mut FunctionLowering<'_, B>, op: CompareOp) {
    let right = f.pop();
    let left = f.pop();
    let value = f.builder.compare(op, left, right);
    f.push(value);
}

/// `i32.eqz` and `i64.eqz`.
pub(super) fn equals_zero<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let operand = f.pop();
    let ty = f.builder.type_of(operand);
    let zero = zero(f.builder, ty);
    let value = f.builder.compare(CompareOp::Eq, operand, zero);
    f.push(value);
}

pub(super) fn convert<B: Builder>(f: &mut FunctionLowering<'_, B>, op: ConvertOp, to: Type) {
    let operand = f.pop();
    let value = f.builder.convert(op, operand, to);
    f.push(value);
}

/// The zero, or null, of a type.
pub(super) fn zero<B: Builder>(builder: &mut B, ty: Type) -> B::Value {
    match ty {
        Type::I32 => builder.const_i32(0),
        Type::I64 => builder.const_i64(0),
        Type::F32 => builder.const_f32(0),
        Type::F64 => builder.const_f64(0),
        Type::V128 => builder.const_v128(0),
    }
}
