//! Relaxed vector instructions (WebAssembly core specification, "Relaxed Operations"), whose result the
//! specification leaves open in places. wasmc takes the choices of the deterministic profile, so that
//! a program gives the same results on every processor: `docs/relaxed-simd.md`.

use super::arithmetic::{add_neighbours, binary, bitselect, convert, dot_product};
use crate::lower::builder::Builder;
use crate::lower::function::FunctionLowering;
use crate::lower::vector::{Extension, Half, Shape, VectorBinaryOp, VectorConvertOp, VectorUnaryOp};
use wasmparser::Operator;

/// Lowers a relaxed operator; tells whether it was one.
pub(super) fn dispatch<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) -> bool {
    use Operator as O;
    match *operator {
        O::I8x16RelaxedSwizzle => binary(f, VectorBinaryOp::Swizzle, Shape::I8x16),
        O::I32x4RelaxedTruncF32x4S => convert(f, VectorConvertOp::TruncSat(Extension::Signed)),
        O::I32x4RelaxedTruncF32x4U => convert(f, VectorConvertOp::TruncSat(Extension::Unsigned)),
        O::I32x4RelaxedTruncF64x2SZero => convert(f, VectorConvertOp::TruncSatZero(Extension::Signed)),
        O::I32x4RelaxedTruncF64x2UZero => convert(f, VectorConvertOp::TruncSatZero(Extension::Unsigned)),
        O::F32x4RelaxedMadd => multiply_add(f, Shape::F32x4),
        O::F32x4RelaxedNmadd => negated_multiply_add(f, Shape::F32x4),
        O::F64x2RelaxedMadd => multiply_add(f, Shape::F64x2),
        O::F64x2RelaxedNmadd => negated_multiply_add(f, Shape::F64x2),
        O::I8x16RelaxedLaneselect
        | O::I16x8RelaxedLaneselect
        | O::I32x4RelaxedLaneselect
        | O::I64x2RelaxedLaneselect => bitselect(f),
        O::F32x4RelaxedMin => binary(f, VectorBinaryOp::FloatMin, Shape::F32x4),
        O::F32x4RelaxedMax => binary(f, VectorBinaryOp::FloatMax, Shape::F32x4),
        O::F64x2RelaxedMin => binary(f, VectorBinaryOp::FloatMin, Shape::F64x2),
        O::F64x2RelaxedMax => binary(f, VectorBinaryOp::FloatMax, Shape::F64x2),
        O::I16x8RelaxedQ15mulrS => binary(f, VectorBinaryOp::Q15MulrSatS, Shape::I16x8),
        O::I16x8RelaxedDotI8x16I7x16S => dot(f),
        O::I32x4RelaxedDotI8x16I7x16AddS => dot_add(f),
        _ => return false,
    }
    true
}

/// `relaxed_madd`: the product is rounded, then the sum.
fn multiply_add<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape) {
    let addend = f.pop();
    let right = f.pop();
    let left = f.pop();
    let product = f.builder.vector_binary(VectorBinaryOp::FloatMul, shape, left, right);
    let sum = f.builder.vector_binary(VectorBinaryOp::FloatAdd, shape, product, addend);
    f.push(sum);
}

/// `relaxed_nmadd`: the same with the first operand negated.
fn negated_multiply_add<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape) {
    let addend = f.pop();
    let right = f.pop();
    let left = f.pop();
    let negated = f.builder.vector_unary(VectorUnaryOp::FloatNeg, shape, left);
    let product = f.builder.vector_binary(VectorBinaryOp::FloatMul, shape, negated, right);
    let sum = f.builder.vector_binary(VectorBinaryOp::FloatAdd, shape, product, addend);
    f.push(sum);
}

fn dot<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let right = f.pop();
    let left = f.pop();
    let sums = saturated_dot_product(f, left, right);
    f.push(sums);
}

fn dot_add<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let addend = f.pop();
    let right = f.pop();
    let left = f.pop();
    let sums = saturated_dot_product(f, left, right);
    let sums = add_neighbours(f, Shape::I32x4, Extension::Signed, sums);
    let sums = f.builder.vector_binary(VectorBinaryOp::Add, Shape::I32x4, sums, addend);
    f.push(sums);
}

/// Sums of neighbouring products of two `i8x16`, as an `i16x8`. Both are signed. Only the sum of twice
/// the product of two minima does not fit, and saturates: the sums are made exactly, then narrowed.
fn saturated_dot_product<B: Builder>(f: &mut FunctionLowering<'_, B>, left: B::Value, right: B::Value) -> B::Value {
    let [low, high] = [Half::Low, Half::High].map(|half| {
        let extend = VectorConvertOp::Extend(Shape::I16x8, half, Extension::Signed);
        let left = f.builder.vector_convert(extend, left);
        let right = f.builder.vector_convert(extend, right);
        dot_product(f, left, right)
    });
    f.builder.vector_binary(VectorBinaryOp::NarrowS, Shape::I16x8, low, high)
}
