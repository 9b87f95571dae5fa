//! Folds constant expressions that need no instance.

use super::plan::GlobalPlan;
use crate::module::{ConstExpr, ConstOp, FuncIndex, GlobalIndex};
use cranelift_entity::PrimaryMap;

/// The value of `expr` as a single operator, when it is the same for every instance. `globals` are
/// those planned so far: an expression can name only earlier ones.
pub(super) fn fold(expr: &ConstExpr, globals: &PrimaryMap<GlobalIndex, GlobalPlan>) -> Option<ConstOp> {
    let mut stack = Vec::new();
    for operator in &expr.operators {
        let value = match *operator {
            ConstOp::GlobalGet(global) => match globals.get(global)? {
                GlobalPlan::Constant(value) => *value,
                GlobalPlan::Stored { .. } | GlobalPlan::Imported => return None,
            },
            ConstOp::I32Add => i32_binary(&mut stack, i32::wrapping_add)?,
            ConstOp::I32Sub => i32_binary(&mut stack, i32::wrapping_sub)?,
            ConstOp::I32Mul => i32_binary(&mut stack, i32::wrapping_mul)?,
            ConstOp::I64Add => i64_binary(&mut stack, i64::wrapping_add)?,
            ConstOp::I64Sub => i64_binary(&mut stack, i64::wrapping_sub)?,
            ConstOp::I64Mul => i64_binary(&mut stack, i64::wrapping_mul)?,
            value => value,
        };
        stack.push(value);
    }
    stack.pop()
}

/// The unsigned offset that `expr` folds to.
pub(super) fn fold_offset(expr: &ConstExpr, globals: &PrimaryMap<GlobalIndex, GlobalPlan>) -> Option<u64> {
    match fold(expr, globals)? {
        ConstOp::I32(value) => Some(u64::from(value as u32)),
        ConstOp::I64(value) => Some(value as u64),
        _ => None,
    }
}

/// The functions that `expr` may evaluate to.
pub(super) fn functions(expr: &ConstExpr) -> impl Iterator<Item = FuncIndex> {
    expr.operators.iter().filter_map(|operator| match operator {
        ConstOp::RefFunc(function) => Some(*function),
        _ => None,
    })
}

fn i32_binary(stack: &mut Vec<ConstOp>, apply: fn(i32, i32) -> i32) -> Option<ConstOp> {
    match (stack.pop()?, stack.pop()?) {
        (ConstOp::I32(right), ConstOp::I32(left)) => Some(ConstOp::I32(apply(left, right))),
        _ => None,
    }
}

fn i64_binary(stack: &mut Vec<ConstOp>, apply: fn(i64, i64) -> i64) -> Option<ConstOp> {
    match (stack.pop()?, stack.pop()?) {
        (ConstOp::I64(right), ConstOp::I64(left)) => Some(ConstOp::I64(apply(left, right))),
        _ => None,
    }
}
