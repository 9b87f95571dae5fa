//! Bounds checks of linear memory, and when they can be left out.
//!
//! Every access means `index + offset + size ≤ length or trap`. It is proved in one of these ways,
//! else compared:
//! * the memory is guarded: the hardware compares;
//! * the index is a constant and the access ends within the memory's minimum size;
//! * the same index was checked for an access that ends as far or further, on every path to here.
//!
//! An explicit check of `i32.load offset=8` in a memory that grows:
//! ```text
//! v5 = uextend.i64 v2
//! v6 = iadd_imm v5, 12                  ; where the access ends
//! v7 = load.i64 notrap aligned v4+8     ; byte_length
//! v8 = icmp ugt v6, v7
//! trapnz v8, user2                      ; out of bounds memory access
//! ```

use super::builder::{BinaryOp, Builder, CompareOp, LoadOp, Region, Type};
use super::function::{FunctionLowering, add_const, widen_index};
use super::instance;
use crate::analyze::{MemoryBase, MemoryBound};
use crate::module::MemoryIndex;
use std::collections::HashMap;
use std::hash::Hash;
use wasmc_runtime::abi::{TrapCode, offsets};

/// Which indices are known to be in bounds, and how far. What is learnt in a block holds until its
/// end: memories never shrink.
pub(super) struct CheckedBounds<V> {
    /// For a memory and an index, the largest `offset + size` that was checked.
    known: HashMap<(u32, V), u64>,
    /// What to restore at the end of each block: the entry and its value before.
    undo: Vec<((u32, V), Option<u64>)>,
}

impl<V> Default for CheckedBounds<V> {
    fn default() -> CheckedBounds<V> {
        CheckedBounds { known: HashMap::new(), undo: Vec::new() }
    }
}

impl<V: Copy + Eq + Hash> CheckedBounds<V> {
    /// A point to return to.
    pub(super) fn mark(&self) -> usize {
        self.undo.len()
    }

    /// Forgets what was learnt since `mark`.
    pub(super) fn forget_since(&mut self, mark: usize) {
        while self.undo.len() > mark {
            if let Some((key, before)) = self.undo.pop() {
                match before {
                    Some(end) => self.known.insert(key, end),
                    None => self.known.remove(&key),
                };
            }
        }
    }

    fn covers(&self, memory: u32, index: V, end: u64) -> bool {
        self.known.get(&(memory, index)).is_some_and(|known| end <= *known)
    }

    fn learn(&mut self, memory: u32, index: V, end: u64) {
        let before = self.known.insert((memory, index), end);
        self.undo.push(((memory, index), before));
    }
}

/// A checked address: where to access, and the trap if the hardware may still fault.
pub(super) struct Address<V> {
    pub(super) base: V,
    pub(super) offset: i32,
    pub(super) may_fault: Option<TrapCode>,
}

/// Checks an access of `size` bytes at `index + offset`, and gives its address.
pub(super) fn checked_address<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    memory: MemoryIndex,
    index: B::Value,
    offset: u64,
    size: u32,
) -> Address<B::Value> {
    let end = offset.saturating_add(u64::from(size));
    let wide_index = widen_index(f.builder, index);
    let is_guarded = f.plan.memories[memory].bound == MemoryBound::Guarded;
    if !is_guarded && !is_proved(f, memory, index, end) {
        check(f, memory, wide_index, end);
        f.checked.learn(memory.as_u32(), index, end);
    }
    let base = base_address(f, memory);
    let address = f.builder.binary(BinaryOp::Add, wide_index, base);
    let may_fault = is_guarded.then_some(TrapCode::MemoryOutOfBounds);
    match i32::try_from(offset) {
        Ok(offset) => Address { base: address, offset, may_fault },
        Err(_) => Address { base: add_const(f.builder, address, offset as i64), offset: 0, may_fault },
    }
}

fn is_proved<B: Builder>(f: &FunctionLowering<'_, B>, memory: MemoryIndex, index: B::Value, end: u64) -> bool {
    let minimum = match f.plan.memories[memory].bound {
        MemoryBound::Guarded => return true,
        MemoryBound::Constant(length) => length,
        MemoryBound::Loaded { minimum } => minimum,
    };
    if let Some(constant) = f.builder.as_const(index) {
        let constant = match f.builder.type_of(index) {
            Type::I32 => u64::from(constant as u32),
            _ => constant as u64,
        };
        if constant.checked_add(end).is_some_and(|end| end <= minimum) {
            return true;
        }
    }
    f.checked.covers(memory.as_u32(), index, end)
}

/// Compares and traps.
fn check<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex, index: B::Value, end: u64) {
    let out_of_bounds = match f.plan.memories[memory].bound {
        MemoryBound::Guarded => return,
        MemoryBound::Constant(length) if end > length => f.builder.const_i32(1),
        MemoryBound::Constant(length) => {
            let last = f.builder.const_i64((length - end) as i64);
            f.builder.compare(CompareOp::GtU, index, last)
        }
        MemoryBound::Loaded { .. } => {
            // A 32-bit index and a 33-bit end: the sum cannot wrap.
            let access_end = add_const(f.builder, index, end as i64);
            let length = byte_length(f, memory);
            f.builder.compare(CompareOp::GtU, access_end, length)
        }
    };
    f.builder.trap_if(out_of_bounds, TrapCode::MemoryOutOfBounds);
}

/// The current size of a memory in bytes.
pub(super) fn byte_length<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) -> B::Value {
    match f.plan.memories[memory].bound {
        MemoryBound::Constant(length) => f.builder.const_i64(length as i64),
        MemoryBound::Guarded | MemoryBound::Loaded { .. } => {
            let offset = f.plan.layout.memories[memory] + offsets::MEMORY_BYTE_LENGTH;
            instance::load(f, LoadOp::Full(Type::I64), offset, Region::Descriptors)
        }
    }
}

fn base_address<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) -> B::Value {
    match f.plan.memories[memory].base {
        MemoryBase::Fixed(address) => f.builder.const_i64(address as i64),
        MemoryBase::Loaded { constant } => {
            let offset = f.plan.layout.memories[memory] + offsets::MEMORY_BASE;
            let region = if constant { Region::InstanceConstant } else { Region::Descriptors };
            instance::load(f, LoadOp::Full(Type::I64), offset, region)
        }
    }
}
