//! Constant expressions (WebAssembly core specification, section 3.4.13), kept as the operators
//! they are: `analyze` folds those that need no instance, `lower` evaluates the rest at instantiation.

use super::{FuncIndex, GlobalIndex, RefType};

/// A valid constant expression: operators in stack order.
#[derive(Clone, PartialEq, Debug)]
pub struct ConstExpr {
    /// The operators; together they leave one value.
    pub operators: Vec<ConstOp>,
}

/// An operator that a constant expression may use.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum ConstOp {
    /// `i32.const`
    I32(i32),
    /// `i64.const`
    I64(i64),
    /// `f32.const`, as bits.
    F32(u32),
    /// `f64.const`, as bits.
    F64(u64),
    /// `v128.const`, as bits; lane 0 is the lowest.
    V128(u128),
    /// `global.get`
    GlobalGet(GlobalIndex),
    /// `ref.null`
    RefNull(RefType),
    /// `ref.func`
    RefFunc(FuncIndex),
    /// `i32.add`
    I32Add,
    /// `i32.sub`
    I32Sub,
    /// `i32.mul`
    I32Mul,
    /// `i64.add`
    I64Add,
    /// `i64.sub`
    I64Sub,
    /// `i64.mul`
    I64Mul,
}

impl ConstExpr {
    /// The only operator, when there is one.
    pub fn single(&self) -> Option<ConstOp> {
        match self.operators[..] {
            [operator] => Some(operator),
            _ => None,
        }
    }
}
