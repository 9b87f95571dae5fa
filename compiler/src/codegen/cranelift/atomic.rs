//! Atomic accesses.

use super::builder::{CraneliftBuilder, ir_type};
use crate::lower::{Access, AtomicOp, AtomicWidth, Type};
use crate::target::Architecture;
use cranelift_codegen::ir::condcodes::IntCC;
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
    let ty = builder.inner.func.dfg.value_type(values[0]);
    if builder.architecture == Architecture::Riscv64 && matches!(width, AtomicWidth::W8 | AtomicWidth::W16) {
        let before = compare_exchange_in_word(builder, width, values, address, access);
        return widen(builder, before, ty);
    }
    let flags = builder.flags(access, width.bytes());
    let [mut expected, replacement] = values.map(|value| narrow(builder, value, width));
    if builder.architecture == Architecture::Aarch64 && width == AtomicWidth::W32 {
        expected = clear_upper_half(builder, expected);
    }
    let before = builder.inner.ins().atomic_cas(flags, address, expected, replacement);
    widen(builder, before, ty)
}

/// Less than a word, as part of one: what Cranelift makes of it for RISC-V reads the word a second time after the
/// comparison, and does not notice what others write in between. Gives 32 bits.
fn compare_exchange_in_word(
    builder: &mut CraneliftBuilder<'_>,
    width: AtomicWidth,
    values: [Value; 2],
    address: Value,
    access: Access,
) -> Value {
    const WORD_BYTES: u32 = 4;
    let flags = builder.flags(access, WORD_BYTES);
    let values = values.map(|value| narrow(builder, value, width)).map(|value| widen(builder, value, types::I32));
    let inner = &mut builder.inner;
    let within = inner.ins().iconst(types::I64, i64::from(WORD_BYTES) - 1);
    let word = inner.ins().band_not(address, within);
    let bytes = inner.ins().band(address, within);
    let three = inner.ins().iconst(types::I64, 3);
    let shift = inner.ins().ishl(bytes, three);
    let mask = inner.ins().iconst(types::I32, (1 << width_type(width).bits()) - 1);
    let [field, expected, replacement] = [mask, values[0], values[1]].map(|value| inner.ins().ishl(value, shift));

    let [compare, exchange, end] = std::array::from_fn(|_| inner.create_block());
    let found = inner.append_block_param(compare, types::I32);
    let before = inner.append_block_param(end, types::I32);
    let first = inner.ins().atomic_load(types::I32, flags, word);
    inner.ins().jump(compare, &[first.into()]);

    inner.switch_to_block(compare);
    let part = inner.ins().band(found, field);
    let is_expected = inner.ins().icmp(IntCC::Equal, part, expected);
    inner.ins().brif(is_expected, exchange, &[], end, &[found.into()]);

    inner.switch_to_block(exchange);
    inner.seal_block(exchange);
    let rest = inner.ins().band_not(found, field);
    let replaced = inner.ins().bor(rest, replacement);
    let current = inner.ins().atomic_cas(flags, word, found, replaced);
    let is_unchanged = inner.ins().icmp(IntCC::Equal, current, found);
    inner.ins().brif(is_unchanged, end, &[found.into()], compare, &[current.into()]);
    inner.seal_block(compare);

    inner.switch_to_block(end);
    inner.seal_block(end);
    let low = inner.ins().ushr(before, shift);
    inner.ins().band(low, mask)
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
