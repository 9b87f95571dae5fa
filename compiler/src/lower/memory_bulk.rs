//! `memory.copy` and `memory.fill` (WebAssembly core specification, section 2.4.7).
//!
//! Both ranges are checked before anything is written. Where the length is a small constant, as it
//! is for the assignment of a structure, a few loads and stores do the work: all loads first, since
//! the ranges may overlap. Otherwise the runtime gets addresses. A copy within a memory that grows:
//! ```text
//! v6 = icmp ugt v3, v4                  ; the range that ends last
//! v7 = select v6, v3, v4
//! v8 = iadd v7, v5
//! v9 = load.i64 notrap aligned v2+8     ; byte_length
//! v10 = icmp ugt v8, v9
//! trapnz v10, user2                     ; out of bounds memory access
//! ```

use super::bounds::{Address, base_address, byte_length, checked_address};
use super::builder::{Access, BinaryOp, Builder, CompareOp, LoadOp, StoreOp, Type};
use super::call::call_helper;
use super::function::{FunctionLowering, widen_index};
use crate::module::MemoryIndex;
use wasmc_runtime::abi::{Helper, TrapCode};

/// How many loads or stores are shorter than a call and its checks.
const MOST_IN_PLACE: u32 = 4;

/// `memory.copy`.
pub(super) fn copy<B: Builder>(f: &mut FunctionLowering<'_, B>, target: MemoryIndex, source: MemoryIndex) {
    let length = f.pop();
    let from = f.pop();
    let to = f.pop();
    let widest = f.builder.widest_type();
    if let Some(length) = small_constant(f, length, widest) {
        let from = checked_address(f, source, from, 0, length);
        let to = checked_address(f, target, to, 0, length);
        return copy_in_place(f, &to, &from, &pieces(length, widest));
    }
    let [to, from, length] = [to, from, length].map(|operand| widen_index(f.builder, operand));
    if target == source && !f.module.memories[target].memory64 {
        let is_behind = f.builder.compare(CompareOp::GtU, to, from);
        let last = f.builder.select(is_behind, to, from);
        check_range(f, target, last, length);
    } else {
        check_range(f, target, to, length);
        check_range(f, source, from, length);
    }
    let to = address(f, target, to);
    let from = address(f, source, from);
    call_helper(f, Helper::MemoryCopy, &[to, from, length]);
}

/// `memory.fill`.
pub(super) fn fill<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex) {
    let length = f.pop();
    let value = f.pop();
    let to = f.pop();
    let widest = if f.builder.as_const(value).is_some() { f.builder.widest_type() } else { Type::I64 };
    if let Some(length) = small_constant(f, length, widest) {
        let to = checked_address(f, memory, to, 0, length);
        return fill_in_place(f, &to, value, &pieces(length, widest));
    }
    let length = widen_index(f.builder, length);
    let to = widen_index(f.builder, to);
    check_range(f, memory, to, length);
    let to = address(f, memory, to);
    call_helper(f, Helper::MemoryFill, &[to, value, length]);
}

/// The length, when it is a constant, not 0, and few accesses of type `widest` cover it.
fn small_constant<B: Builder>(f: &FunctionLowering<'_, B>, length: B::Value, widest: Type) -> Option<u32> {
    let length = u32::try_from(f.builder.as_const(length)?).ok()?;
    (1..=MOST_IN_PLACE * widest.bytes()).contains(&length).then_some(length)
}

/// Traps unless the `length` bytes from `start` on, both 64-bit values, are inside the memory.
fn check_range<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex, start: B::Value, length: B::Value) {
    let size = byte_length(f, memory);
    let is_outside = if f.module.memories[memory].memory64 {
        // The sum could wrap.
        let is_too_long = f.builder.compare(CompareOp::GtU, length, size);
        f.builder.trap_if(is_too_long, TrapCode::MemoryOutOfBounds);
        let last_start = f.builder.binary(BinaryOp::Sub, size, length);
        f.builder.compare(CompareOp::GtU, start, last_start)
    } else {
        let end = f.builder.binary(BinaryOp::Add, start, length);
        f.builder.compare(CompareOp::GtU, end, size)
    };
    f.builder.trap_if(is_outside, TrapCode::MemoryOutOfBounds);
}

fn address<B: Builder>(f: &mut FunctionLowering<'_, B>, memory: MemoryIndex, index: B::Value) -> B::Value {
    let base = base_address(f, memory);
    f.builder.binary(BinaryOp::Add, index, base)
}

/// A part of a range: one access.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Piece {
    /// Bytes from the start of the range.
    offset: u32,
    /// Bytes: 1, 2, 4, 8 or 16.
    width: u32,
    /// Whether it has the last byte of the range.
    is_last: bool,
}

/// What together covers `length` bytes and nothing else: as wide as can be, and all of one width, so
/// that the last piece may overlap the one before it. It comes first.
fn pieces(length: u32, widest: Type) -> Vec<Piece> {
    let width = widest.bytes().min(1 << length.ilog2());
    let last = Piece { offset: length - width, width, is_last: true };
    let others = (0..last.offset).step_by(width as usize).map(|offset| Piece { offset, width, is_last: false });
    others.chain([last]).rev().collect()
}

fn copy_in_place<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    to: &Address<B::Value>,
    from: &Address<B::Value>,
    pieces: &[Piece],
) {
    let load = |piece: &Piece| {
        let offset = from.offset + piece.offset as i32;
        f.builder.load(load_op(piece.width), from.base, offset, access(from, piece))
    };
    let values: Vec<_> = pieces.iter().map(load).collect();
    for (piece, value) in pieces.iter().zip(values) {
        let offset = to.offset + piece.offset as i32;
        f.builder.store(store_op(piece.width), value, to.base, offset, access(to, piece));
    }
}

fn fill_in_place<B: Builder>(
    f: &mut FunctionLowering<'_, B>,
    to: &Address<B::Value>,
    value: B::Value,
    pieces: &[Piece],
) {
    let value = repeat_byte(f, value, pieces[0].width);
    for piece in pieces {
        let offset = to.offset + piece.offset as i32;
        f.builder.store(store_op(piece.width), value, to.base, offset, access(to, piece));
    }
}

/// A value whose `width` bytes are all the low byte of an `i32`, which is a constant if they are 16.
fn repeat_byte<B: Builder>(f: &mut FunctionLowering<'_, B>, value: B::Value, width: u32) -> B::Value {
    if let Some(constant) = f.builder.as_const(value) {
        let byte = constant as u8;
        return match width {
            16 => f.builder.const_v128(u128::from_le_bytes([byte; 16])),
            8 => f.builder.const_i64(i64::from_le_bytes([byte; 8])),
            _ => f.builder.const_i32(i32::from_le_bytes([byte; 4])),
        };
    }
    if width == 1 {
        return value;
    }
    let mask = f.builder.const_i32(0xff);
    let byte = f.builder.binary(BinaryOp::And, value, mask);
    let (byte, ones) = match width {
        8 => (widen_index(f.builder, byte), f.builder.const_i64(0x0101_0101_0101_0101)),
        _ => (byte, f.builder.const_i32(0x0101_0101)),
    };
    f.builder.binary(BinaryOp::Mul, byte, ones)
}

/// In a guarded memory, the access to the last byte may fault, before anything is written; the others
/// cannot after it.
fn access<V>(address: &Address<V>, piece: &Piece) -> Access {
    Access { may_fault: address.access.may_fault.filter(|_| piece.is_last), ..address.access }
}

fn load_op(width: u32) -> LoadOp {
    match width {
        1 => LoadOp::Low8U(Type::I32),
        2 => LoadOp::Low16U(Type::I32),
        4 => LoadOp::Full(Type::I32),
        8 => LoadOp::Full(Type::I64),
        _ => LoadOp::Full(Type::V128),
    }
}

fn store_op(width: u32) -> StoreOp {
    match width {
        1 => StoreOp::Low8,
        2 => StoreOp::Low16,
        4 => StoreOp::Full(Type::I32),
        8 => StoreOp::Full(Type::I64),
        _ => StoreOp::Full(Type::V128),
    }
}

#[cfg(test)]
mod tests {
    use super::{Type, pieces};

    #[test]
    fn pieces_cover_a_range_and_nothing_else() {
        for widest in [Type::I64, Type::V128] {
            for length in 1..=100 {
                let pieces = pieces(length, widest);
                let mut covered = vec![0; length as usize];
                for piece in &pieces {
                    assert!(piece.width.is_power_of_two() && piece.width <= widest.bytes(), "{length}: {pieces:?}");
                    covered[piece.offset as usize..][..piece.width as usize].fill(1);
                    assert_eq!(piece.is_last, piece.offset + piece.width == length, "{length}: {pieces:?}");
                }
                assert_eq!(covered, vec![1; length as usize], "{length}: {pieces:?}");
                assert!(pieces[0].is_last && !pieces[1..].iter().any(|piece| piece.is_last), "{length}: {pieces:?}");
            }
        }
    }

    #[test]
    fn pieces_are_few() {
        assert_eq!(pieces(7, Type::V128).len(), 2);
        assert_eq!(pieces(16, Type::V128).len(), 1);
        assert_eq!(pieces(33, Type::V128).len(), 3);
        assert_eq!(pieces(64, Type::V128).len(), 4);
    }
}
