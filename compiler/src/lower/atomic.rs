//! Atomic memory instructions (threads proposal, section "Atomic Memory Accesses").
//!
//! An index that does not fit the width traps before one that is out of bounds, as in the reference interpreter.
//! `i32.atomic.rmw.add offset=8`, guarded:
//! ```text
//! v3 = uextend.i64 v0
//! v4 = band_imm v3, 3                   ; the offset changes none of these bits
//! trapnz v4, user12                     ; unaligned atomic
//! v5 = iadd_imm v3, 0x4000_0008
//! v6 = atomic_rmw.i32 little region0 add v5, v1
//! ```

use super::bounds::{checked_address, descriptor};
use super::builder::{Access, AtomicOp, AtomicWidth, BinaryOp, Builder, Type};
use super::call::call_helper;
use super::function::{FunctionLowering, add_const, widen_index};
use super::trap;
use crate::module::MemoryIndex;
use wasmc_runtime::abi::{Helper, TrapCode};
use wasmparser::MemArg;

pub(super) fn load<B: Builder>(f: &mut FunctionLowering<'_, B>, width: AtomicWidth, to: Type, argument: MemArg) {
    let (address, access) = pop_address(f, width, argument);
    let value = f.builder.atomic_load(width, to, address, access);
    f.push(value);
}

pub(super) fn store<B: Builder>(f: &mut FunctionLowering<'_, B>, width: AtomicWidth, argument: MemArg) {
    let value = f.pop();
    let (address, access) = pop_address(f, width, argument);
    f.builder.atomic_store(width, value, address, access);
}

/// `atomic.rmw`, except for `cmpxchg`.
pub(super) fn update<B: Builder>(f: &mut FunctionLowering<'_, B>, op: AtomicOp, width: AtomicWidth, argument: MemArg) {
    let operand = f.pop();
    let (address, access) = pop_address(f, width, argument);
    let before = f.builder.atomic_update(op, width, operand, address, access);
    f.push(before);
}

/// `atomic.rmw.cmpxchg`. What is expected is cut to the width before it is compared.
pub(super) fn compare_exchange<B: Builder>(f: &mut FunctionLowering<'_, B>, width: AtomicWidth, argument: MemArg) {
    let replacement = f.pop();
    let expected = f.pop();
    let (address, access) = pop_address(f, width, argument);
    let before = f.builder.atomic_compare_exchange(width, expected, replacement, address, access);
    f.push(before);
}

/// `memory.atomic.wait32` and `memory.atomic.wait64`; the helper checks all there is to check.
pub(super) fn wait<B: Builder>(f: &mut FunctionLowering<'_, B>, helper: Helper, argument: MemArg) {
    let timeout = f.pop();
    let expected = f.pop();
    call_at_index(f, helper, argument, &[expected, timeout]);
}

/// `memory.atomic.notify`
pub(super) fn notify<B: Builder>(f: &mut FunctionLowering<'_, B>, argument: MemArg) {
    let count = f.pop();
    call_at_index(f, Helper::AtomicNotify, argument, &[count]);
}

/// Pops an index, and calls a helper with its memory, it, the offset and `arguments`.
fn call_at_index<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    helper: Helper,
    argument: MemArg,
    arguments: &[B::Value],
) {
    let index = f.pop();
    let index = widen_index(f.builder, index);
    let descriptor = descriptor(f, MemoryIndex::from_u32(argument.memory));
    let offset = f.builder.const_i64(argument.offset as i64);
    let mut all = vec![descriptor, index, offset];
    all.extend(arguments);
    let result = call_helper(f, helper, &all)[0];
    f.push(result);
}

/// Pops an index, and gives the address it means with the offset, aligned and in bounds.
fn pop_address<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    width: AtomicWidth,
    argument: MemArg,
) -> (B::Value, Access) {
    let index = f.pop();
    let memory = MemoryIndex::from_u32(argument.memory);
    check_alignment(f, width, index, argument.offset);
    let address = checked_address(f, memory, index, argument.offset, width.bytes());
    (add_const(f.builder, address.base, i64::from(address.offset)), address.access)
}

/// Traps unless `index + offset` is a multiple of the width.
fn check_alignment<B: Builder>(f: &mut FunctionLowering<'_, B>, width: AtomicWidth, index: B::Value, offset: u64) {
    let mask = i64::from(width.bytes() - 1);
    let offset = offset as i64 & mask;
    match f.builder.as_const(index) {
        Some(index) if index.wrapping_add(offset) & mask == 0 => {}
        Some(_) => trap::always(f, TrapCode::UnalignedAtomic),
        None if mask == 0 => {}
        None => {
            let index = widen_index(f.builder, index);
            let sum = add_const(f.builder, index, offset);
            let mask = f.builder.const_i64(mask);
            let rest = f.builder.binary(BinaryOp::And, sum, mask);
            f.builder.trap_if(rest, TrapCode::UnalignedAtomic);
        }
    }
}
