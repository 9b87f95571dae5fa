//! Which instruction comes from where in the module: the stream that the compiler writes and that
//! traps and backtraces read.
//!
//! The entries of a function stand one after the other, by ascending address. Each holds its
//! distances from the entry before it, in machine code and in the function's body:
//!
//! ```text
//! traps           code distance × 2 + 1, TrapCode, wasm distance    07 01 04
//! calls, faults   code distance × 2, wasm distance                  36 0a
//! ```
//!
//! The first counts from the start of both. Numbers are LEB128 (WebAssembly core specification,
//! section 5.2.2); the wasm distance is signed and has its sign in the lowest bit, because blocks are
//! not laid out in the order of the operators. Before the entries of a function, if it has any, stands
//! the offset of its body in the module's bytes.

pub mod positions;

use crate::abi::TrapCode;
use core::slice;

/// What is known about one instruction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Where it is, in bytes from the start of its function: its first byte, or for a call its last
    /// one. No two entries have the same: a call may be followed by an instruction that traps.
    pub code_offset: u32,
    /// The offset in the function's body of the operator it comes from, or [`NO_OPERATOR`].
    pub wasm_offset: u32,
    /// Why it traps; `None` for calls and for accesses that the guard region catches.
    pub trap: Option<TrapCode>,
}

/// The wasm offset of code that no operator stands behind: the number of locals lies there.
pub const NO_OPERATOR: u32 = 0;

/// Writes the entries of one function.
#[derive(Debug, Default)]
pub struct Encoder {
    code_offset: u32,
    wasm_offset: u32,
}

impl Encoder {
    /// Adds `entry`, which lies behind those before it and less than 2 GiB behind the function's
    /// start, to `out`.
    pub fn append(&mut self, entry: Entry, out: &mut impl Extend<u8>) {
        let code_distance = entry.code_offset.wrapping_sub(self.code_offset);
        let wasm_distance = entry.wasm_offset.wrapping_sub(self.wasm_offset) as i32;
        put_number(code_distance << 1 | u32::from(entry.trap.is_some()), out);
        out.extend(entry.trap.map(|code| code as u8));
        put_number(fold_sign(wasm_distance), out);
        *self = Encoder { code_offset: entry.code_offset, wasm_offset: entry.wasm_offset };
    }
}

/// Adds what stands before the entries of a function whose body has this offset in the module's bytes.
pub fn put_body(offset: u32, out: &mut impl Extend<u8>) {
    put_number(offset, out);
}

/// Where the body of a function lies in the module's bytes, and its entries; `None` when it has none.
#[inline(always)]
pub fn body_and_entries(bytes: &[u8]) -> Option<(u32, Entries<'_>)> {
    let mut entries = Entries::new(bytes);
    Some((read_number(&mut entries.bytes)?, entries))
}

/// The sign of a number in its lowest bit.
fn fold_sign(number: i32) -> u32 {
    (number << 1 ^ number >> 31) as u32
}

fn unfold_sign(number: u32) -> i32 {
    (number >> 1 ^ (number & 1).wrapping_neg()) as i32
}

#[inline(never)]
fn read_number(bytes: &mut slice::Iter<'_, u8>) -> Option<u32> {
    let mut number = 0;
    for shift in (0..u32::BITS).step_by(7) {
        let byte = u32::from(*bytes.next()?);
        number |= (byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn put_number(mut number: u32, out: &mut impl Extend<u8>) {
    while number >= 0x80 {
        out.extend(Some(number as u8 | 0x80));
        number >>= 7;
    }
    out.extend(Some(number as u8));
}

/// Reads the entries of one function.
#[derive(Debug)]
pub struct Entries<'a> {
    bytes: slice::Iter<'a, u8>,
    code_offset: u32,
    wasm_offset: u32,
}

impl<'a> Entries<'a> {
    /// The entries that `bytes` hold, from the function's first to its last.
    pub fn new(bytes: &'a [u8]) -> Entries<'a> {
        Entries { bytes: bytes.iter(), code_offset: 0, wasm_offset: 0 }
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    /// Ends where the bytes do, or where they are no entry.
    // Most programs have one place that looks for an entry.
    #[inline(always)]
    fn next(&mut self) -> Option<Entry> {
        let code_distance = read_number(&mut self.bytes)?;
        let trap = match code_distance & 1 {
            0 => None,
            _ => Some(TrapCode::from_number(*self.bytes.next()?)?),
        };
        let wasm_distance = unfold_sign(read_number(&mut self.bytes)?);
        self.code_offset = self.code_offset.wrapping_add(code_distance >> 1);
        self.wasm_offset = self.wasm_offset.wrapping_add(wasm_distance as u32);
        Some(Entry { code_offset: self.code_offset, wasm_offset: self.wasm_offset, trap })
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::vec::Vec;

    const CALL: Option<TrapCode> = None;

    fn encode(entries: &[Entry]) -> Vec<u8> {
        let mut encoder = Encoder::default();
        let mut bytes = Vec::new();
        entries.iter().for_each(|entry| encoder.append(*entry, &mut bytes));
        bytes
    }

    fn entry(code_offset: u32, wasm_offset: u32, trap: Option<TrapCode>) -> Entry {
        Entry { code_offset, wasm_offset, trap }
    }

    fn assert_round_trip(entries: &[Entry]) {
        let bytes = encode(entries);
        assert_eq!(Entries::new(&bytes).collect::<Vec<_>>(), entries, "{bytes:02x?}");
    }

    #[test]
    fn nothing_is_no_bytes() {
        assert_eq!(encode(&[]), []);
        assert_eq!(Entries::new(&[]).next(), None);
    }

    #[test]
    fn the_bytes_are_those_of_the_header() {
        let first = entry(10, 20, Some(TrapCode::Unreachable));
        let trap = entry(13, 22, Some(TrapCode::Unreachable));
        let call = entry(40, 27, CALL);
        let start = encode(&[first]).len();
        assert_eq!(encode(&[first, trap, call])[start..], [0x07, 0x01, 0x04, 0x36, 0x0a]);
    }

    #[test]
    fn every_trap_code_comes_back() {
        let entries: Vec<Entry> =
            TrapCode::ALL.iter().zip(1..).map(|(code, offset)| entry(offset * 2, offset, Some(*code))).collect();
        assert_round_trip(&entries);
    }

    #[test]
    fn offsets_of_any_size_come_back() {
        let largest_code = i32::MAX as u32;
        assert_round_trip(&[entry(0, 0, CALL), entry(1, u32::MAX, CALL), entry(2, NO_OPERATOR, CALL)]);
        assert_round_trip(&[
            entry(0, 1 << 31, Some(TrapCode::IntegerOverflow)),
            entry(1, (1 << 31) - 1, CALL),
            entry(largest_code, u32::MAX, Some(TrapCode::NullReference)),
        ]);
        assert_round_trip(&[entry(largest_code, 5, CALL)]);
        for bit in 0..31 {
            assert_round_trip(&[entry(1 << bit, 1 << bit, CALL), entry((1 << bit) + 1, 0, CALL)]);
        }
    }

    #[test]
    fn the_body_comes_before_the_entries() {
        let entry = entry(10, 20, CALL);
        for body in [0, 1, 127, 128, u32::MAX] {
            let mut bytes = Vec::new();
            put_body(body, &mut bytes);
            bytes.extend(encode(&[entry]));
            let (found, mut entries) = body_and_entries(&bytes).expect("a body");
            assert_eq!((found, entries.next(), entries.next()), (body, Some(entry), None));
        }
        assert!(body_and_entries(&[]).is_none());
    }

    #[test]
    fn bytes_that_are_no_entries_end_them() {
        let entries = [entry(300, 70_000, Some(TrapCode::Unreachable))];
        let bytes = encode(&entries);
        for length in 0..bytes.len() {
            assert_eq!(Entries::new(&bytes[..length]).next(), None);
        }
        assert_eq!(Entries::new(&[0xff; 64]).next(), None);
        assert_eq!(Entries::new(&[0x01, 0xee, 0x00]).next(), None);
    }

    #[test]
    fn an_entry_in_the_middle_of_a_long_function_is_found() {
        let mut entries: Vec<Entry> =
            (1..100_000).map(|number| entry(number * 20, 1_000_000 - number * 3, CALL)).collect();
        entries[50_000].trap = Some(TrapCode::MemoryOutOfBounds);
        let bytes = encode(&entries);
        let wanted = entries[50_000];
        assert_eq!(Entries::new(&bytes).find(|entry| entry.code_offset == wanted.code_offset), Some(wanted));
        assert_eq!(Entries::new(&bytes).find(|entry| entry.code_offset == wanted.code_offset + 1), None);
    }
}
