//! Atomic accesses.

use super::builder::{CraneliftBuilder, ir_type};
use crate::lower::{Access, AtomicOp, AtomicWidth, Type};
use crate::target::Architecture;
use cranelift_codegen::ir::{self, AtomicRmwOp, InstBuilder, MemFlagsData, Value, types};

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
    if builder.architecture == Architecture::X86_64 {
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
    let [mut expected, replacement] = values.map(|value| narrow(builder, value, width));
    if builder.architecture == Architecture::Aarch64 && width == AtomicWidth::W32 {
        expected = clear_upper_half(builder, expected);
    }
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

/// Where there is no instruction for it, Cranelift makes a loop that compares 64 bits, whatever is in the upper half of the
/// register of an `i32`: zeros, once it comes out of a vector register.
fn clear_upper_half(builder: &mut CraneliftBuilder<'_>, value: Value) -> Value {
    let float = builder.inner.ins().bitcast(types::F32, MemFlagsData::new(), value);
    builder.inner.ins().bitcast(types::I32, MemFlagsData::new(), float)
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
