//! What data alone cannot do at instantiation (WebAssembly core specification, section 4.7.2), in
//! its order: globals, tables, element segments, data segments, the start function.

use super::builder::{Builder, StoreOp, Type};
use super::call::call_function;
use super::function::FunctionLowering;
use super::signature::machine_type;
use super::{builder::BinaryOp, builder::Region, global, instance, memory, numeric, table};
use crate::analyze::{DataPlan, ElementPlan, GlobalPlan, TablePlan};
use crate::error::Error;
use crate::module::{ConstExpr, ConstOp, ElementItems, SegmentMode};
use crate::options::InstanceMode;

/// The body of `abi::Module::instantiate`.
pub(super) fn lower<B: Builder>(f: &mut FunctionLowering<'_, B>) -> Result<(), Error> {
    if f.plan.instances == InstanceMode::Dynamic {
        let instance = f.builder.parameters().first().copied();
        instance::declare(f, instance);
    }
    evaluate_globals(f);
    fill_tables(f);
    evaluate_elements(f);
    copy_elements(f);
    copy_data(f);
    if let Some(start) = f.module.start {
        call_function(f, start, Vec::new());
    }
    f.builder.ret(&[]);
    Ok(())
}

fn evaluate_globals<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    for (index, global) in &f.module.globals {
        if let (GlobalPlan::Stored { initial: None }, Some(expr)) = (f.plan.globals[index], &global.initial)
            && let Some(offset) = f.plan.layout.globals[index]
        {
            let value = evaluate(f, expr);
            let op = StoreOp::Full(machine_type(global.ty.value));
            instance::store(f, op, value, offset, Region::Global(index.as_u32()));
        }
    }
}

/// Tables whose elements start as something other than null.
fn fill_tables<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    for (index, description) in &f.module.tables {
        if let (TablePlan::Mutable, Some(expr)) = (&f.plan.tables[index], &description.initial) {
            let value = evaluate(f, expr);
            let zero = numeric::zero(f.builder, Type::I64);
            let length = f.builder.const_i64(description.ty.minimum as i64);
            table::fill_with(f, index, zero, value, length);
        }
    }
}

/// Segments whose elements are not known before.
fn evaluate_elements<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    for (index, segment) in &f.module.elements {
        let (Some(start), ElementItems::Expressions(items)) = (f.plan.layout.element_references[index], &segment.items)
        else {
            continue;
        };
        for (position, expr) in items.iter().enumerate() {
            let value = evaluate(f, expr);
            let offset = start + 8 * position as u32;
            instance::store(f, StoreOp::Full(Type::I64), value, offset, Region::Instance);
        }
    }
}

fn copy_elements<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    for (index, segment) in &f.module.elements {
        let SegmentMode::Active { target, offset } = &segment.mode else { continue };
        if f.plan.elements[index] == ElementPlan::Unused {
            continue;
        }
        let target_offset = evaluate(f, offset);
        let target_offset = super::function::widen_index(f.builder, target_offset);
        let length = f.builder.const_i64(segment.items.len() as i64);
        let zero = numeric::zero(f.builder, Type::I64);
        table::init_from(f, index, *target, length, [target_offset, zero, length]);
    }
}

fn copy_data<B: Builder>(f: &mut FunctionLowering<'_, B>) {
    for (index, segment) in &f.module.data {
        let SegmentMode::Active { target, offset } = &segment.mode else { continue };
        if f.plan.data[index] == DataPlan::Stored {
            let offset = evaluate(f, offset);
            memory::init_active(f, index, *target, offset);
        }
    }
}

/// Evaluates a constant expression.
fn evaluate<B: Builder>(f: &mut FunctionLowering<'_, B>, expr: &ConstExpr) -> B::Value {
    for operator in &expr.operators {
        match *operator {
            ConstOp::I32Add | ConstOp::I64Add => numeric::binary(f, BinaryOp::Add),
            ConstOp::I32Sub | ConstOp::I64Sub => numeric::binary(f, BinaryOp::Sub),
            ConstOp::I32Mul | ConstOp::I64Mul => numeric::binary(f, BinaryOp::Mul),
            constant => {
                let value = global::constant(f, constant);
                f.push(value);
            }
        }
    }
    f.pop()
}
