//! Constant expressions.

use super::features::Failure;
use super::types::heap_type;
use crate::module::{ConstExpr, ConstOp, FuncIndex, GlobalIndex, Proposal, RefType};
use wasmparser::Operator;

pub(super) fn read(expr: &wasmparser::ConstExpr<'_>) -> Result<ConstExpr, Failure> {
    let mut operators = Vec::new();
    for operator in expr.get_operators_reader().into_iter_with_offsets() {
        let (operator, offset) = operator?;
        operators.push(match operator {
            Operator::I32Const { value } => ConstOp::I32(value),
            Operator::I64Const { value } => ConstOp::I64(value),
            Operator::F32Const { value } => ConstOp::F32(value.bits()),
            Operator::F64Const { value } => ConstOp::F64(value.bits()),
            Operator::V128Const { value } => ConstOp::V128(value.i128() as u128),
            Operator::GlobalGet { global_index } => ConstOp::GlobalGet(GlobalIndex::from_u32(global_index)),
            Operator::RefNull { hty } => ConstOp::RefNull(RefType { nullable: true, heap: heap_type(hty, offset)? }),
            Operator::RefFunc { function_index } => ConstOp::RefFunc(FuncIndex::from_u32(function_index)),
            Operator::I32Add => ConstOp::I32Add,
            Operator::I32Sub => ConstOp::I32Sub,
            Operator::I32Mul => ConstOp::I32Mul,
            Operator::I64Add => ConstOp::I64Add,
            Operator::I64Sub => ConstOp::I64Sub,
            Operator::I64Mul => ConstOp::I64Mul,
            Operator::End => continue,
            other => {
                return Err(Failure::Unsupported {
                    proposal: Proposal::GarbageCollection,
                    detail: format!("`{other:?}` in a constant expression"),
                    offset,
                });
            }
        });
    }
    Ok(ConstExpr { operators })
}
