//! Global variables (WebAssembly core specification, section 2.4.4).

use super::builder::{Access, Builder, LoadOp, Region, StoreOp, Type};
use super::function::FunctionLowering;
use super::signature::machine_type;
use super::{instance, null, numeric, reference};
use crate::analyze::GlobalPlan;
use crate::module::{ConstOp, GlobalIndex};

pub(super) fn get<B: Builder>(f: &mut FunctionLowering<'_, B>, index: GlobalIndex) {
    let value = match f.plan.globals[index] {
        GlobalPlan::Constant(value) => constant(f, value),
        GlobalPlan::Stored { .. } => {
            let ty = f.module.globals[index].ty.value;
            let op = LoadOp::Full(machine_type(ty));
            let value = instance::load(f, op, offset(f, index), Region::Global(index.as_u32()));
            null::learn_type(f, value, ty);
            value
        }
        GlobalPlan::Imported => {
            let ty = machine_type(f.module.globals[index].ty.value);
            let address = imported_address(f, index);
            f.builder.load(LoadOp::Full(ty), address, 0, IMPORTED)
        }
    };
    f.push(value);
}

pub(super) fn set<B: Builder>(f: &mut FunctionLowering<'_, B>, index: GlobalIndex) {
    let value = f.pop();
    let ty = machine_type(f.module.globals[index].ty.value);
    if f.plan.globals[index] == GlobalPlan::Imported {
        let address = imported_address(f, index);
        f.builder.store(StoreOp::Full(ty), value, address, 0, IMPORTED);
        return;
    }
    instance::store(f, StoreOp::Full(ty), value, offset(f, index), Region::Global(index.as_u32()));
}

/// Imported globals share a region, that of the first one: they may be the same global.
const IMPORTED: Access = Access::trusted(Region::Global(0));

/// Where the value of an imported global is.
fn imported_address<B: Builder>(f: &mut FunctionLowering<'_, B>, index: GlobalIndex) -> B::Value {
    instance::load(f, LoadOp::Full(Type::I64), offset(f, index), Region::InstanceConstant)
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
