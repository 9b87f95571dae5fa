//! Tables that change: where they come from and what generated code asks of them.
//!
//! An element is one word. Storage is mapped, so it starts as null references; it doubles when a
//! table outgrows it, and may move: generated code reads `elements` for each access.

use crate::abi::{FuncRef, Instance, Module, NULL_ELEMENT, Table, TablePlan, TrapCode};
use crate::memory::fits;
use crate::sys::mapping::{self, whole_pages};
use crate::{sys, trap};
use core::ptr::{null, null_mut};

/// What `table.grow` gives when it fails.
const FAILED: u64 = u64::MAX;

/// Bytes of an element.
const ELEMENT_SIZE: u64 = size_of::<usize>() as u64;

/// The `MakeTables`.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_make_tables(module: *const Module, instance: *mut Instance) -> *const TablePlan {
    // SAFETY: the compiler wrote the records; the offsets lie inside the instance, which nobody uses yet.
    unsafe {
        for plan in (*module).tables.get() {
            let mut table = Table { elements: null_mut(), length: 0, maximum: plan.maximum, capacity: 0 };
            if make_room(&mut table, plan.minimum).is_none() {
                return plan;
            }
            table.length = plan.minimum;
            instance.byte_add(plan.instance_offset as usize).cast::<Table>().write(table);
        }
    }
    null()
}

/// Sees to it that there is storage for `length` elements.
fn make_room(table: &mut Table, length: u64) -> Option<()> {
    if length <= table.capacity {
        return Some(());
    }
    let doubled = table.capacity.saturating_mul(2).min(table.maximum).max(length);
    let (elements, bytes) = [doubled, length].into_iter().find_map(|length| {
        let bytes = whole_pages(length.checked_mul(ELEMENT_SIZE)?)?;
        let elements = match table.capacity {
            0 => mapping::allocate(0, bytes),
            // SAFETY: the table is the only one who refers to its storage.
            capacity => unsafe { mapping::lengthen(table.elements.cast(), capacity * ELEMENT_SIZE, bytes) },
        };
        Some((elements?, bytes))
    })?;
    table.elements = elements.cast();
    table.capacity = bytes / ELEMENT_SIZE;
    Some(())
}

/// `table.grow`.
pub(crate) unsafe fn grow(table: *mut Table, value: u64, delta: u64) -> u64 {
    // SAFETY: generated code passes a table of its instance; nobody else refers to it now.
    let table = unsafe { &mut *table };
    let old_length = table.length;
    let Some(length) = old_length.checked_add(delta).filter(|length| *length <= table.maximum) else { return FAILED };
    if make_room(table, length).is_none() {
        return FAILED;
    }
    table.length = length;
    // New storage is null already, and a table never shrinks.
    if value != 0 {
        // SAFETY: the elements that were added.
        unsafe { set(table.elements.add(old_length as usize), value, delta) };
    }
    old_length
}

/// `table.fill`.
pub(crate) unsafe fn fill(table: *const Table, target: u64, value: u64, length: u64) {
    // SAFETY: generated code passes a table of its instance; the range is checked to lie in it.
    unsafe { set(range(&*table, target, length), value, length) }
}

/// `table.copy`.
pub(crate) unsafe fn copy(
    target_table: *const Table,
    source_table: *const Table,
    target: u64,
    source: u64,
    length: u64,
) {
    // SAFETY: generated code passes tables of its instance; the ranges are checked to lie in them.
    unsafe {
        let target = range(&*target_table, target, length);
        let source = range(&*source_table, source, length);
        sys::wasmc_memory_copy(target.cast(), source.cast(), (length * ELEMENT_SIZE) as usize);
    }
}

/// `table.init` from indices of functions.
pub(crate) unsafe fn init_functions(
    table: *const Table,
    segment: *const u32,
    segment_length: u64,
    funcrefs: *const FuncRef,
    target: u64,
    source: u64,
    length: u64,
) {
    // SAFETY: generated code passes a table and a segment whose indices are those of `funcrefs`;
    // both ranges are checked.
    unsafe {
        let target = range(&*table, target, length);
        check_segment(source, length, segment_length);
        for position in 0..length as usize {
            let element = match segment.add(source as usize + position).read() {
                NULL_ELEMENT => 0,
                index => funcrefs.add(index as usize).expose_provenance(),
            };
            target.add(position).write(element);
        }
    }
}

/// `table.init` from references.
pub(crate) unsafe fn init_references(
    table: *const Table,
    segment: *const usize,
    segment_length: u64,
    target: u64,
    source: u64,
    length: u64,
) {
    // SAFETY: generated code passes a table and a segment; both ranges are checked.
    unsafe {
        let target = range(&*table, target, length);
        check_segment(source, length, segment_length);
        let source = segment.wrapping_add(source as usize);
        sys::wasmc_memory_copy(target.cast(), source.cast(), (length * ELEMENT_SIZE) as usize);
    }
}

unsafe fn set(elements: *mut usize, value: u64, length: u64) {
    for position in 0..length as usize {
        // SAFETY: the callers vouch for the range.
        unsafe { elements.add(position).write(value as usize) };
    }
}

fn check_segment(source: u64, length: u64, segment_length: u64) {
    if !fits(source, length, segment_length) {
        trap::raise(TrapCode::TableOutOfBounds);
    }
}

/// The address of a range, or a trap.
fn range(table: &Table, start: u64, length: u64) -> *mut usize {
    if !fits(start, length, table.length) {
        trap::raise(TrapCode::TableOutOfBounds);
    }
    table.elements.wrapping_add(start as usize)
}
