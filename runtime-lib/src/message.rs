//! Writing text for people without `core::fmt`, which alone is larger than a whole small program.
//!
//! Text gathers in a buffer and leaves in one piece where it fits, so that lines of several
//! processes do not mix:
//!
//! ```text
//! wasm trap: integer divide by zero
//! ```

use crate::sys::output::{self, Stream};

/// Enough for most messages; a longer one leaves in pieces.
const CAPACITY: usize = 1024;

/// Text on its way to a stream.
pub(crate) struct Message {
    stream: Stream,
    length: usize,
    buffer: [u8; CAPACITY],
}

impl Message {
    /// An empty message. Nothing is written before [`Message::send`], or before the buffer is full.
    pub(crate) fn to(stream: Stream) -> Message {
        Message { stream, length: 0, buffer: [0; CAPACITY] }
    }

    /// Adds `text`.
    pub(crate) fn text(&mut self, text: &str) -> &mut Message {
        self.bytes(text.as_bytes())
    }

    /// Adds `bytes` as they are.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> &mut Message {
        bytes.iter().for_each(|byte| self.byte(*byte));
        self
    }

    /// Adds text that came from outside: what a terminal could take for a command becomes `?`.
    pub(crate) fn foreign(&mut self, bytes: &[u8]) -> &mut Message {
        bytes.iter().for_each(|byte| self.byte(if *byte < b' ' || *byte == 0x7f { b'?' } else { *byte }));
        self
    }

    /// Adds `count` spaces.
    pub(crate) fn spaces(&mut self, count: usize) -> &mut Message {
        (0..count).for_each(|_| self.byte(b' '));
        self
    }

    /// Adds a number.
    pub(crate) fn decimal(&mut self, number: u64) -> &mut Message {
        self.digits::<10>(number)
    }

    /// Adds a number in hexadecimal, with `0x` in front.
    pub(crate) fn hexadecimal(&mut self, number: u64) -> &mut Message {
        self.text("0x").digits::<16>(number)
    }

    fn digits<const BASE: u64>(&mut self, number: u64) -> &mut Message {
        if number >= BASE {
            self.digits::<BASE>(number / BASE);
        }
        let digit = (number % BASE) as u8;
        self.byte(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
        self
    }

    fn byte(&mut self, byte: u8) {
        if self.length == CAPACITY {
            self.send();
        }
        if let Some(place) = self.buffer.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// Writes what has gathered.
    pub(crate) fn send(&mut self) {
        output::write(self.stream, self.buffer.get(..self.length).unwrap_or(&[]));
        self.length = 0;
    }
}

/// Columns that a number takes.
pub(crate) fn digits_in<const BASE: u64>(mut number: u64) -> usize {
    let mut count = 1;
    while number >= BASE {
        number /= BASE;
        count += 1;
    }
    count
}
