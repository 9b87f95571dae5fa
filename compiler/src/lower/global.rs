//! Global variables (WebAssembly core specification, section 2.4.4).

use super::builder::{Builder, LoadOp, Region, StoreOp};
use super::function::FunctionLowering;
use super::signature::machine_type;
use super::{instance, numeric, reference};
use crate::analyze::GlobalPlan;
use crate::module::{ConstOp, GlobalIndex};

pub(super) fn get<B: Builder>(f: &mut FunctionLowering<'_, B>, index: GlobalIndex) {
    let value = match f.plan.globals[index] {
        GlobalPlan::Constant(value) => constant(f, value),
        GlobalPlan::Stored { .. } => {
            let ty = machine_type(f.module.globals[index].ty.value);
            instance::load(f, LoadOp::Full(ty), offset(f, index), Region::Global(index.as_u32()))
        }
    };
    f.push(value);
}

pub(super) fn set<B: Builder>(f: &mut FunctionLowering<'_, B>, index: GlobalIndex) {
    let value = f.pop();
    let ty = machine_type(f.module.globals[index].ty.value);
    instance::store(f, StoreOp::Full(ty), value, offset(f, index), Region::Global(index.as_u32()));
}

/// The value of an operator that takes no operands.
pub(super) fn constant<B: Builder>(f: &mut FunctionLowering<'_, B>, value: ConstOp) -> B::Value {
    match value {
        ConstOp::I32(value) => f.builder.const_i32(value),
        ConstOp::I64(value) => f.builder.const_i64(value),
        ConstOp::F32(bits) => f.builder.const_f32(bits),
        ConstOp::F64(bits) => f.builder.const_f64(bits),
        ConstOp::V128(bits) => f.builder.const_v128(bits),
        ConstOp::RefFunc(function) => reference::function_address(f, function),
        ConstOp::RefNull(_) => numeric::zero(f.builder, super::builder::Type::I64),
        ConstOp::GlobalGet(global) => {
            get(f, global);
            f.pop()
        }
        ConstOp::I32Add | ConstOp::I32Sub | ConstOp::I32Mul | ConstOp::I64Add | ConstOp::I64Sub | ConstOp::I64Mul => {
            unreachable!("an operator with operands is not a constant")
        }
    }
}

/// Every global that code names and that is not a constant has a place in the instance.
fn offset<B: Builder>(f: &FunctionLowering<'_, B>, index: GlobalIndex) -> u32 {
    f.plan.layout.globals[index].expect("planned: a stored global has an offset")
}
