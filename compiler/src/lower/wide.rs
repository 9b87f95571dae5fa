//! Wide arithmetic (proposal "wide arithmetic"): a 128-bit integer is two `i64` operands, the low half first.

use super::builder::{Builder, WideBinaryOp, WideMultiplyOp};
use super::function::FunctionLowering;
use wasmparser::Operator;

/// Lowers an operator of the proposal; tells whether it was one.
pub(super) fn dispatch<B: Builder>(f: &mut FunctionLowering<'_, B>, operator: &Operator<'_>) -> bool {
    match operator {
        Operator::I64Add128 => binary(f, WideBinaryOp::Add),
        Operator::I64Sub128 => binary(f, WideBinaryOp::Sub),
        Operator::I64MulWideS => multiply(f, WideMultiplyOp::Signed),
        Operator::I64MulWideU => multiply(f, WideMultiplyOp::Unsigned),
        _ => return false,
    }
    true
}

fn binary<B: Builder>(f: &mut FunctionLowering<'_, B>, op: WideBinaryOp) {
    let right = pop_halves(f);
    let left = pop_halves(f);
    let halves = f.builder.wide_binary(op, left, right);
    f.stack.extend(halves);
}

fn multiply<B: Builder>(f: &mut FunctionLowering<'_, B>, op: WideMultiplyOp) {
    let right = f.pop();
    let left = f.pop();
    let halves = f.builder.wide_multiply(op, left, right);
    f.stack.extend(halves);
}

fn pop_halves<B: Builder>(f: &mut FunctionLowering<'_, B>) -> [B::Value; 2] {
    let high = f.pop();
    let low = f.pop();
    [low, high]
}
