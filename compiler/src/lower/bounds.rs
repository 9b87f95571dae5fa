//! Bounds checks of linear memory, and when they can be left out.
//!
//! Every access means `index + offset + size ≤ length or trap`. It is proved in one of these ways,
//! else compared:
//! * the memory is guarded: the hardware compares;
//! * the index is a constant and the access ends within the memory's minimum size;
//! * the same index, or one at a constant distance, was checked for an access that ends as far or further, on every path
//!   to here.
//!
//! Where no index can pass, because the access ends beyond the memory's maximum, it is the trap alone.
//!
//! An explicit check of `i32.load offset=8` in a memory that grows:
//! ```text
//! v5 = uextend.i64 v2
//! v6 = load.i64 notrap aligned v4+128   ; last[11]: 12 bytes fit from there
//! v7 = icmp sgt v5, v6
//! trapnz v7, user2                      ; out of bounds memory access
//! ```

use super::builder::{Access, BinaryOp, BoundsCheck, Builder, CompareOp, LoadOp, Region, Type};
use super::function::{FunctionLowering, add_const, widen_index};
use super::{instance, trap};
use crate::analyze::{MemoryBase, MemoryBound};
use crate::module::MemoryIndex;
use std::collections::HashMap;
use std::hash::Hash;
use wasmc_runtime::abi::{LASTS, TrapCode, offsets};

/// What accesses have shown about indices. What is learnt in a block holds until its end: memories never shrink.
///
/// Programs compute the indices of neighbours, like `p`, `p + 8` and `p + 16`, in 32 bits, where each sum may wrap. But once
/// the first one was in bounds, it is below the largest size of the memory, and the others do not wrap if they are
/// not further away than that is from 4 GiB. Then they are at constant distances from the first.
pub(super) struct CheckedBounds<V> {
    /// For a memory and a value, an index that is the value plus a constant, and was in bounds.
    anchors: HashMap<Key<V>, Anchor<V>>,
    /// What to restore at the end of each block.
    undo: Vec<Change<V>>,
}

/// A memory, and what an index is known by.
type Key<V> = (u32, V);

/// An entry that was made or replaced, and what it was before.
struct Change<V> {
    key: Key<V>,
    before: Option<Anchor<V>>,
}

/// An index that was in bounds.
#[derive(Clone, Copy)]
struct Anchor<V> {
    index: V,
    /// What it is more than the value it is known by, modulo 2³².
    addend: u32,
    /// The largest `offset + size` that was checked with it.
    end: u64,
}

impl<V> Default for CheckedBounds<V> {
    fn default() -> CheckedBounds<V> {
        CheckedBounds { anchors: HashMap::new(), undo: Vec::new() }
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
            if let Some(Change { key, before }) = self.undo.pop() {
                match before {
                    Some(anchor) => self.anchors.insert(key, anchor),
                    None => self.anchors.remove(&key),
                };
            }
        }
    }

    fn learn(&mut self, memory: u32, value: V, anchor: Anchor<V>) {
        let key = (memory, value);
        let before = self.anchors.insert(key, anchor);
        self.undo.push(Change { key, before });
    }
}

/// A checked address: where to access, and how.
pub(super) struct Address<V> {
    pub(super) base: V,
    pub(super) offset: i32,
    pub(super) access: Access,
}

/// Checks an access of `size` bytes at `index + offset`, and gives its address.
pub(super) fn checked_address<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    memory: MemoryIndex,
    index: B::Value,
    offset: u64,
    size: u32,
) -> Address<B::Value> {
    let place = relate(f, memory, index, offset, size);
    let wide_index = widen_index(f.builder, place.index);
    match known_place(f, memory, &place) {
        Known::Inside => {}
        Known::Outside => trap::always(f, TrapCode::MemoryOutOfBounds),
        Known::Nothing => check(f, memory, wide_index, &place),
    }
    learn(f, memory, &place);
    let is_guarded = f.plan.memories[memory].bound == MemoryBound::Guarded;
    let access = Access { region: region(f, memory), may_fault: is_guarded.then_some(TrapCode::MemoryOutOfBounds) };
    let (address, displacement) = match f.plan.memories[memory].base {
        MemoryBase::Fixed(base) if f.builder.prefers_displacements() => {
            (wide_index, place.displacement.saturating_add(base as i64))
        }
        _ => {
            let base = base_address(f, memory);
            (f.builder.binary(BinaryOp::Add, wide_index, base), place.displacement)
        }
    };
    // The parts of a longer access have larger offsets.
    match i32::try_from(displacement.saturating_add(i64::from(size))) {
        Ok(end) => Address { base: address, offset: end - size as i32, access },
        Err(_) => Address { base: add_const(f.builder, address, displacement), offset: 0, access },
    }
}

/// An access, seen from an index that was in bounds, or else from its own.
struct Place<V> {
    /// What the index is known by, and what it is more than that.
    value: V,
    addend: u32,
    /// The index to start from.
    index: V,
    /// From there to the access.
    displacement: i64,
    /// From there to the end of the access; no memory is as long as the largest sum.
    end: u64,
    /// What is known of that index.
    anchor: Option<Anchor<V>>,
}

/// Finds an index that was in bounds at a constant distance from `index`.
fn relate<B: Builder>(
    f: &FunctionLowering<'_, B>,
    memory: MemoryIndex,
    index: B::Value,
    offset: u64,
    size: u32,
) -> Place<B::Value> {
    let end = offset.saturating_add(u64::from(size));
    let (value, addend) = match f.module.memories[memory].memory64 {
        true => (index, 0),
        false => sum_of(f.builder, index),
    };
    let alone = Place { value, addend, index, displacement: offset as i64, end, anchor: None };
    if addend > 0 && f.builder.upper_bound(value) + u64::from(addend) < 1 << 32 {
        let offset = offset + u64::from(addend);
        let anchor = f.checked.anchors.get(&(memory.as_u32(), value)).copied().filter(|anchor| anchor.addend == 0);
        return Place {
            value,
            addend: 0,
            index: value,
            displacement: offset as i64,
            end: offset + u64::from(size),
            anchor,
        };
    }
    let Some(anchor) = f.checked.anchors.get(&(memory.as_u32(), value)).copied() else { return alone };
    let plan = &f.plan.memories[memory];
    let distance = addend.wrapping_sub(anchor.addend) as i32;
    // Below 0 lies nothing, and a whole access faults there if its first byte does. One that reaches further begins with
    // another part.
    let may_be_below = offset == 0 && size <= Type::V128.bytes() && size.is_power_of_two();
    let does_not_wrap = match u64::try_from(distance) {
        Ok(distance) => distance <= distance_to_wrap(f, memory),
        Err(_) => may_be_below && u64::from(distance.unsigned_abs()) <= plan.nothing_below,
    };
    match offset.checked_add_signed(i64::from(distance)) {
        _ if distance == 0 => Place { anchor: Some(anchor), index: anchor.index, ..alone },
        Some(displacement) if does_not_wrap && i32::try_from(displacement).is_ok() => Place {
            index: anchor.index,
            displacement: displacement as i64,
            end: displacement + u64::from(size),
            anchor: Some(anchor),
            ..alone
        },
        None if does_not_wrap => {
            Place { index: anchor.index, displacement: i64::from(distance), end: 0, anchor: Some(anchor), ..alone }
        }
        _ => alone,
    }
}

/// Keeps in mind that `place` was in bounds.
fn learn<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex, place: &Place<B::Value>) {
    let anchor = match place.anchor {
        Some(anchor) if place.end <= anchor.end => return,
        Some(anchor) => Anchor { end: place.end, ..anchor },
        None => Anchor { index: place.index, addend: place.addend, end: place.end },
    };
    f.checked.learn(memory.as_u32(), place.value, anchor);
}

/// As many constants are added up: a module may add a million of them one after the other, and use each sum.
const LONGEST_SUM: u32 = 8;

/// A value and a constant whose sum, modulo 2³², is `index`.
fn sum_of<B: Builder>(builder: &B, index: B::Value) -> (B::Value, u32) {
    let mut sum = (index, 0_u32);
    for _ in 0..LONGEST_SUM {
        let Some((value, addend)) = builder.as_sum(sum.0) else { break };
        sum = (value, sum.1.wrapping_add(addend as u32));
    }
    sum
}

/// What is known of an access before it is made.
enum Known {
    /// It is in bounds, or the hardware finds out.
    Inside,
    /// It is out of bounds, however long the memory becomes.
    Outside,
    Nothing,
}

fn known_place<B: Builder>(f: &FunctionLowering<'_, B>, memory: MemoryIndex, place: &Place<B::Value>) -> Known {
    let plan = &f.plan.memories[memory];
    let (minimum, maximum) = match plan.bound {
        MemoryBound::Guarded => return Known::Inside,
        MemoryBound::Constant(length) => (length, length),
        MemoryBound::Loaded { minimum } => (minimum, plan.maximum),
    };
    let constant = f.builder.as_const(place.index).map(|constant| match f.builder.type_of(place.index) {
        Type::I32 => u64::from(constant as u32),
        _ => constant as u64,
    });
    let least_end = constant.unwrap_or(0).checked_add(place.end);
    if least_end.is_none_or(|least_end| least_end > maximum) {
        return Known::Outside;
    }
    let is_inside = constant.is_some() && least_end.is_some_and(|end| end <= minimum);
    let is_covered = place.anchor.is_some_and(|anchor| place.end <= anchor.end);
    if is_inside || is_covered { Known::Inside } else { Known::Nothing }
}

/// Compares and traps. The end is not beyond the memory's maximum.
fn check<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex, index: B::Value, place: &Place<B::Value>) {
    let end = place.end;
    let last = match f.plan.memories[memory].bound {
        MemoryBound::Guarded => return,
        MemoryBound::Constant(length) => Some(f.builder.const_i64((length - end) as i64)),
        MemoryBound::Loaded { .. } => kept_last(f, memory, end),
    };
    match last {
        _ if f.module.memories[memory].memory64 => check_64(f, memory, index, end, last),
        Some(last) => {
            let farthest = distance_to_wrap(f, memory).min(u32::MAX.into()) as u32;
            let addend = place.anchor.map_or(place.addend, |anchor| anchor.addend);
            let about =
                BoundsCheck { memory: memory.as_u32(), index: place.index, value: place.value, addend, end, farthest };
            f.builder.check_bounds(index, last, about);
        }
        None if end == 1 => {
            let length = byte_length(f, memory);
            let out_of_bounds = f.builder.compare(CompareOp::GeU, index, length);
            f.builder.trap_if(out_of_bounds, TrapCode::MemoryOutOfBounds);
        }
        None => {
            // A 32-bit index and a 33-bit end: the sum cannot wrap.
            let access_end = add_const(f.builder, index, end as i64);
            let length = byte_length(f, memory);
            let out_of_bounds = f.builder.compare(CompareOp::GtU, access_end, length);
            f.builder.trap_if(out_of_bounds, TrapCode::MemoryOutOfBounds);
        }
    }
}

/// Checks a 64-bit index. The sum with `end` could wrap; the difference of length and `end` cannot once the memory is that
/// long.
fn check_64<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    memory: MemoryIndex,
    index: B::Value,
    end: u64,
    last: Option<B::Value>,
) {
    if matches!(f.plan.memories[memory].bound, MemoryBound::Loaded { minimum } if end > minimum) {
        let shortest = f.builder.const_i64(end as i64);
        let length = byte_length(f, memory);
        let is_too_short = f.builder.compare(CompareOp::LtU, length, shortest);
        f.builder.trap_if(is_too_short, TrapCode::MemoryOutOfBounds);
    }
    let last = last.unwrap_or_else(|| {
        let length = byte_length(f, memory);
        add_const(f.builder, length, (end as i64).wrapping_neg())
    });
    let out_of_bounds = f.builder.compare(CompareOp::GtU, index, last);
    f.builder.trap_if(out_of_bounds, TrapCode::MemoryOutOfBounds);
}

/// What can be added to an index that was in bounds without a sum of 4 GiB.
fn distance_to_wrap<B: Builder>(f: &FunctionLowering<'_, B>, memory: MemoryIndex) -> u64 {
    (1_u64 << 32).saturating_sub(f.plan.memories[memory].maximum)
}

/// The last index from which `end` bytes are in bounds, if the memory keeps it.
fn kept_last<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex, end: u64) -> Option<B::Value> {
    let is_kept = f.plan.memories[memory].keeps_last_indices && (1..=LASTS as u64).contains(&end);
    is_kept.then(|| {
        let offset = offsets::MEMORY_SIZE + (end as u32 - 1) * Type::I64.bytes();
        load_descriptor(f, memory, offset, Region::Descriptors)
    })
}

/// The current size of a memory in bytes.
pub(super) fn byte_length<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) -> B::Value {
    match f.plan.memories[memory].bound {
        MemoryBound::Constant(length) => f.builder.const_i64(length as i64),
        MemoryBound::Guarded | MemoryBound::Loaded { .. } => {
            load_descriptor(f, memory, offsets::MEMORY_BYTE_LENGTH, Region::Descriptors)
        }
    }
}

/// The region of a memory's bytes. Imported memories share one, that of the first: they may be the
/// same memory.
fn region<B: Builder>(f: &FunctionLowering<'_, B>, memory: MemoryIndex) -> Region {
    Region::Memory(if f.module.is_imported_memory(memory) { 0 } else { memory.as_u32() })
}

/// The address of a memory's `abi::Memory`.
pub(super) fn descriptor<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) -> B::Value {
    let offset = f.plan.layout.memories[memory];
    if f.module.is_imported_memory(memory) {
        return instance::load(f, LoadOp::Full(Type::I64), offset, Region::InstanceConstant);
    }
    instance::field_address(f, offset)
}

/// Reads the field at `offset` of a memory's `abi::Memory`.
fn load_descriptor<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    memory: MemoryIndex,
    offset: u32,
    region: Region,
) -> B::Value {
    if f.module.is_imported_memory(memory) {
        let descriptor = descriptor(f, memory);
        return f.builder.load(LoadOp::Full(Type::I64), descriptor, offset as i32, Access::trusted(region));
    }
    let offset = f.plan.layout.memories[memory] + offset;
    instance::load(f, LoadOp::Full(Type::I64), offset, region)
}

/// The address of byte 0.
pub(super) fn base_address<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) -> B::Value {
    match f.plan.memories[memory].base {
        MemoryBase::Fixed(address) => f.builder.const_i64(address as i64),
        MemoryBase::Loaded { constant } => {
            let region = if constant { Region::InstanceConstant } else { Region::Descriptors };
            load_descriptor(f, memory, offsets::MEMORY_BASE, region)
        }
    }
}
