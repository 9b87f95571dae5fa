//! Operators on whole vectors: arithmetic, comparisons, bits, conversions.

use crate::lower::builder::{Builder, CompareOp};
use crate::lower::function::FunctionLowering;
use crate::lower::vector::{
    Extension, Half, Shape, VectorBinaryOp, VectorConvertOp, VectorShiftOp, VectorTest, VectorUnaryOp,
};

pub(super) fn unary<B: Builder>(f: &mut FunctionLowering<'_, B>, op: VectorUnaryOp, shape: Shape) {
    let operand = f.pop();
    let vector = f.builder.vector_unary(op, shape, operand);
    f.push(vector);
}

pub(super) fn binary<B: Builder>(f: &mut FunctionLowering<'_, B>, op: VectorBinaryOp, shape: Shape) {
    let right = f.pop();
    let left = f.pop();
    let vector = f.builder.vector_binary(op, shape, left, right);
    f.push(vector);
}

pub(super) fn compare<B: Builder>(f: &mut FunctionLowering<'_, B>, op: CompareOp, shape: Shape) {
    let right = f.pop();
    let left = f.pop();
    let vector = f.builder.vector_compare(op, shape, left, right);
    f.push(vector);
}

pub(super) fn shift<B: Builder>(f: &mut FunctionLowering<'_, B>, op: VectorShiftOp, shape: Shape) {
    let amount = f.pop();
    let operand = f.pop();
    let vector = f.builder.vector_shift(op, shape, operand, amount);
    f.push(vector);
}

pub(super) fn test<B: Builder>(f: &mut FunctionLowering<'_, B>, op: VectorTest, shape: Shape) {
    let operand = f.pop();
    let number = f.builder.vector_test(op, shape, operand);
    f.push(number);
}

pub(super) fn convert<B: Builder>(f: &mut FunctionLowering<'_, B>, op: VectorConvertOp) {
    let operand = f.pop();
    let vector = f.builder.vector_convert(op, operand);
    f.push(vector);
}

pub(super) fn bitselect<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let mask = f.pop();
    let otherwise = f.pop();
    let then = f.pop();
    let vector = f.builder.vector_bitselect(mask, then, otherwise);
    f.push(vector);
}

/// `extmul`: the products, in `shape`, of lanes half as wide.
pub(super) fn extended_multiply<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    shape: Shape,
    half: Half,
    extension: Extension,
) {
    let right = f.pop();
    let left = f.pop();
    let product = multiply_half(f, shape, half, extension, left, right);
    f.push(product);
}

/// `extadd_pairwise`: the sums, in `shape`, of neighbours half as wide.
pub(super) fn extended_add_pairwise<B: Builder>(f: &mut FunctionLowering<'_, B>, shape: Shape, extension: Extension) {
    let operand = f.pop();
    let sums = add_neighbours(f, shape, extension, operand);
    f.push(sums);
}

/// `i32x4.dot_i16x8_s`.
pub(super) fn dot<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    let right = f.pop();
    let left = f.pop();
    let sums = dot_product(f, left, right);
    f.push(sums);
}

/// Sums of neighbouring products of two `i16x8`: an `i32x4`.
pub(super) fn dot_product<B: Builder>(f: &mut FunctionLowering<'_, B>, left: B::Value, right: B::Value) -> B::Value {
    let low = multiply_half(f, Shape::I32x4, Half::Low, Extension::Signed, left, right);
    let high = multiply_half(f, Shape::I32x4, Half::High, Extension::Signed, left, right);
    f.builder.vector_binary(VectorBinaryOp::AddPairwise, Shape::I32x4, low, high)
}

pub(super) fn add_neighbours<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    shape: Shape,
    extension: Extension,
    operand: B::Value,
) -> B::Value {
    let low = f.builder.vector_convert(VectorConvertOp::Extend(shape, Half::Low, extension), operand);
    let high = f.builder.vector_convert(VectorConvertOp::Extend(shape, Half::High, extension), operand);
    f.builder.vector_binary(VectorBinaryOp::AddPairwise, shape, low, high)
}

fn multiply_half<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    shape: Shape,
    half: Half,
    extension: Extension,
    left: B::Value,
    right: B::Value,
) -> B::Value {
    let left = f.builder.vector_convert(VectorConvertOp::Extend(shape, half, extension), left);
    let right = f.builder.vector_convert(VectorConvertOp::Extend(shape, half, extension), right);
    f.builder.vector_binary(VectorBinaryOp::Mul, shape, left, right)
}
