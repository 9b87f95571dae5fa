//! Atomic accesses.

use super::builder::{CraneliftBuilder, ir_type};
use crate::lower::{Access, AtomicOp, AtomicWidth, Type};
use cranelift_codegen::ir::{self, AtomicRmwOp, InstBuilder, Value, types};

pub(super) fn load(
    builder: &mut CraneliftBuilder<'_>,
    width: AtomicWidth,
    to: Type,
    address: Value,
    access: Access,
) -> Value {
    let flags = builder.flags(access, width.bytes());
    let value = builder.inner.ins().atomic_load(width_type(width), flags, address);
    widen(builder, value, ir_type(to))
}

/// On x86-64 an exchange whose result nobody needs: it is cheaper than a store with the fence that has to follow it.
pub(super) fn store(
    builder: &mut CraneliftBuilder<'_>,
    width: AtomicWidth,
    value: Value,
    address: Value,
    access: Access,
) {
    if builder.stores_by_exchange {
        update(builder, AtomicOp::Exchange, width, value, address, access);
        return;
    }
    let flags = builder.flags(access, width.bytes());
    let value = narrow(builder, value, width);
    builder.inner.ins().atomic_store(flags, value, address);
}

pub(super) fn update(
    builder: &mut CraneliftBuilder<'_>,
    op: AtomicOp,
    width: AtomicWidth,
    operand: Value,
    address: Value,
    access: Access,
) -> Value {
    let op = match op {
        AtomicOp::Add => AtomicRmwOp::Add,
        AtomicOp::Sub => AtomicRmwOp::Sub,
        AtomicOp::And => AtomicRmwOp::And,
        AtomicOp::Or => AtomicRmwOp::Or,
        AtomicOp::Xor => AtomicRmwOp::Xor,
        AtomicOp::Exchange => AtomicRmwOp::Xchg,
    };
    let flags = builder.flags(access, width.bytes());
    let ty = builder.inner.func.dfg.value_type(operand);
    let operand = narrow(builder, operand, width);
    let before = builder.inner.ins().atomic_rmw(width_type(width), flags, op, address, operand);
    widen(builder, before, ty)
}

/// `values` are what is expected and what replaces it.
pub(super) fn compare_exchange(
    builder: &mut CraneliftBuilder<'_>,
    width: AtomicWidth,
    values: [Value; 2],
    address: Value,
    access: Access,
) -> Value {
    let flags = builder.flags(access, width.bytes());
    let ty = builder.inner.func.dfg.value_type(values[0]);
    let [expected, replacement] = values.map(|value| narrow(builder, value, width));
    let before = builder.inner.ins().atomic_cas(flags, address, expected, replacement);
    widen(builder, before, ty)
}

fn width_type(width: AtomicWidth) -> ir::Type {
    match width {
        AtomicWidth::W8 => types::I8,
        AtomicWidth::W16 => types::I16,
        AtomicWidth::W32 => types::I32,
        AtomicWidth::W64 => types::I64,
    }
}

/// The low bits of `value`.
fn narrow(builder: &mut CraneliftBuilder<'_>, value: Value, width: AtomicWidth) -> Value {
    let ty = width_type(width);
    if builder.inner.func.dfg.value_type(value) == ty {
        return value;
    }
    builder.inner.ins().ireduce(ty, value)
}

/// `value` and zeros above it.
fn widen(builder: &mut CraneliftBuilder<'_>, value: Value, to: ir::Type) -> Value {
    if builder.inner.func.dfg.value_type(value) == to {
        return value;
    }
    builder.inner.ins().uextend(to, value)
}
