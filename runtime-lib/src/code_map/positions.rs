//! Which line of which source file an instruction comes from: a stream beside that of the entries.
//!
//! Each entry of a function has a position, which is written as what differs from that of the entry before it:
//!
//! ```text
//! line distance × 4 + 2 (another file) + 1 (another column), file, column      15 07
//! ```
//!
//! The first differs from line 0, column 0 of file 0. Numbers are those of the entries; the line distance is signed and has its
//! sign in the lowest bit.

use super::{fold_sign, put_number, read_number, unfold_sign};
use core::slice;

/// A place in a source file.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Position {
    /// The number of the file.
    pub file: u32,
    /// From 1; 0 when nothing is known.
    pub line: u32,
    /// From 1; 0 when it is not known.
    pub column: u32,
}

const OTHER_COLUMN: u32 = 1;
const OTHER_FILE: u32 = 2;
const FLAGS: u32 = 2;

/// No file has more lines: their distances, with sign and flags, are numbers of 32 bits.
pub const MOST_LINES: u32 = u32::MAX >> (FLAGS + 1);

/// Writes the positions of one function.
#[derive(Debug, Default)]
pub struct Encoder {
    last: Position,
}

impl Encoder {
    /// Adds the position of the next entry to `out`; none if its line is larger than [`MOST_LINES`].
    pub fn append(&mut self, position: Position, out: &mut impl Extend<u8>) {
        let position = if position.line > MOST_LINES { Position::default() } else { position };
        let has_other_file = position.file != self.last.file;
        let has_other_column = position.column != self.last.column;
        let distance = fold_sign(position.line.wrapping_sub(self.last.line) as i32);
        let file = if has_other_file { OTHER_FILE } else { 0 };
        let column = if has_other_column { OTHER_COLUMN } else { 0 };
        put_number(distance << FLAGS | file | column, out);
        if has_other_file {
            put_number(position.file, out);
        }
        if has_other_column {
            put_number(position.column, out);
        }
        self.last = position;
    }
}

/// Reads the positions of one function.
#[derive(Debug)]
pub struct Positions<'a> {
    bytes: slice::Iter<'a, u8>,
    last: Position,
}

impl<'a> Positions<'a> {
    /// Those that `bytes` hold, in the order of the entries.
    pub fn new(bytes: &'a [u8]) -> Positions<'a> {
        Positions { bytes: bytes.iter(), last: Position::default() }
    }
}

impl Iterator for Positions<'_> {
    type Item = Position;

    /// Ends where the bytes do.
    fn next(&mut self) -> Option<Position> {
        let number = read_number(&mut self.bytes)?;
        self.last.line = self.last.line.wrapping_add(unfold_sign(number >> FLAGS) as u32);
        if number & OTHER_FILE != 0 {
            self.last.file = read_number(&mut self.bytes)?;
        }
        if number & OTHER_COLUMN != 0 {
            self.last.column = read_number(&mut self.bytes)?;
        }
        Some(self.last)
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::*;
    use std::vec::Vec;

    fn position(file: u32, line: u32, column: u32) -> Position {
        Position { file, line, column }
    }

    fn encode(positions: &[Position]) -> Vec<u8> {
        let mut encoder = Encoder::default();
        let mut bytes = Vec::new();
        positions.iter().for_each(|position| encoder.append(*position, &mut bytes));
        bytes
    }

    #[test]
    fn the_bytes_are_those_of_the_header() {
        let first = encode(&[position(0, 10, 5)]).len();
        assert_eq!(encode(&[position(0, 10, 5), position(0, 8, 7), position(0, 8, 7)])[first..], [0x0d, 7, 0]);
    }

    #[test]
    fn positions_come_back() {
        let positions = [
            position(0, 1, 1),
            position(0, 1, 1),
            position(3, MOST_LINES, u32::MAX),
            position(u32::MAX, 0, 0),
            position(0, 1 << 28, 4),
            position(0, 0, 0),
        ];
        assert_eq!(Positions::new(&encode(&positions)).collect::<Vec<_>>(), positions);
        let beyond = encode(&[position(1, MOST_LINES + 1, 2)]);
        assert_eq!(Positions::new(&beyond).collect::<Vec<_>>(), [Position::default()]);
        assert_eq!(Positions::new(&[]).next(), None);
        assert_eq!(Positions::new(&[0xff; 20]).next(), None);
    }
}
