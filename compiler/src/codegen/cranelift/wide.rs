//! 128-bit integers for Cranelift, which keeps one in two registers.
//!
//! Its rules for x86-64 make one carry chain of a sum or difference, and one `mul` of a product whose
//! operands are extended on the spot:
//! ```text
//! v4 = iconcat v0, v1        ; nothing            v2 = uextend.i128 v0       ; nothing
//! v5 = iconcat v2, v3        ; nothing            v3 = uextend.i128 v1       ; nothing
//! v6 = iadd v4, v5           ; add; adc           v4 = imul v2, v3           ; mul
//! v7, v8 = isplit v6         ; nothing            v5, v6 = isplit v4         ; nothing
//! ```

use crate::lower::{WideBinaryOp, WideMultiplyOp};
use cranelift_codegen::ir::{InstBuilder, Value, types};
use cranelift_frontend::FunctionBuilder;

pub(super) fn binary(
    builder: &mut FunctionBuilder<'_>,
    op: WideBinaryOp,
    left: [Value; 2],
    right: [Value; 2],
) -> [Value; 2] {
    let left = builder.ins().iconcat(left[0], left[1]);
    let right = builder.ins().iconcat(right[0], right[1]);
    let result = match op {
        WideBinaryOp::Add => builder.ins().iadd(left, right),
        WideBinaryOp::Sub => builder.ins().isub(left, right),
    };
    halves(builder, result)
}

pub(super) fn multiply(builder: &mut FunctionBuilder<'_>, op: WideMultiplyOp, left: Value, right: Value) -> [Value; 2] {
    let mut extend = |value| match op {
        WideMultiplyOp::Signed => builder.ins().sextend(types::I128, value),
        WideMultiplyOp::Unsigned => builder.ins().uextend(types::I128, value),
    };
    let (left, right) = (extend(left), extend(right));
    let product = builder.ins().imul(left, right);
    halves(builder, product)
}

fn halves(builder: &mut FunctionBuilder<'_>, value: Value) -> [Value; 2] {
    let (low, high) = builder.ins().isplit(value);
    [low, high]
}
