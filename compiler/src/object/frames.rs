//! `.eh_frame`: how debuggers, profilers and unwinders get from a frame to its caller's.
//!
//! Every function keeps a frame pointer, so behind its prologue the same rule holds for each of them, and one entry is
//! enough for a whole text:
//!
//! ```text
//! CIE                        CFA = rbp + 16, caller's rbp at CFA - 16, return address at CFA - 8
//! FDE  0x0..0x1a0            the text of the module
//! CIE, FDE  0x1a0..0x9f0     behind it: the runtime, whose compiler keeps frame pointers too
//! FDE  0xa00..               and what of it lies behind the code that signal handlers return to
//! ```
//!
//! With `-g` each function has an entry of its own, with every step of its prologue and the registers it saves: some 35
//! bytes for a function.

use crate::codegen::{CompiledCode, FrameStep, FrameSteps};
use crate::target::Architecture;

/// The contents of the section, and where in it addresses of the text go: as 32 bits, relative to their place.
#[derive(Debug, Default)]
pub(super) struct Frames {
    pub(super) bytes: Vec<u8>,
    pub(super) starts: Vec<FrameStart>,
}

/// Where an entry says what it begins with.
#[derive(Clone, Copy, Debug)]
pub(super) struct FrameStart {
    /// The place in the section.
    pub(super) place: u64,
    /// An offset in the text.
    pub(super) text: u64,
}

/// The entries of the module's functions; those of the runtime only where it lies behind them, in an executable.
pub(super) fn frames_of(code: &CompiledCode, is_executable: bool) -> Frames {
    let numbers = Numbers::of(code.architecture);
    let mut frames = Frames::default();
    if code.frame_steps.is_empty() {
        let rule = frames.add_cie(&numbers, &numbers.record_at_frame_pointer());
        frames.add_fde(rule, 0, code.text.len() as u32, &[]);
    } else {
        let rule = frames.add_cie(&numbers, &numbers.at_first_instruction());
        for (range, steps) in code.ranges.values().zip(&code.frame_steps) {
            frames.add_fde(rule, range.start, range.length, &numbers.prologue(steps));
        }
    }
    if is_executable {
        let rule = frames.add_cie(&numbers, &numbers.record_of_the_runtime());
        // The linker knows where and how long it is.
        for _ in 0..numbers.parts_of_the_runtime {
            frames.add_fde(rule, code.text.len() as u32, 0, &[]);
        }
    }
    frames
}

const DEF_CFA: u8 = 0x0c;
const DEF_CFA_REGISTER: u8 = 0x0d;
const DEF_CFA_OFFSET: u8 = 0x0e;
const OFFSET: u8 = 0x80;
const OFFSET_EXTENDED: u8 = 0x05;
const ADVANCE: u8 = 0x40;
const ADVANCE_BYTE: u8 = 0x02;
const ADVANCE_WORD: u8 = 0x04;

/// Bytes that an offset of a saved register is a multiple of.
const WORD: u32 = 8;
/// What the frame pointer and the return address take.
const RECORD: u32 = 2 * WORD;

/// Registers by their numbers in DWARF.
struct Numbers {
    frame_pointer: u8,
    stack_pointer: u8,
    return_address: u8,
    /// Whether a call puts the return address on the stack.
    is_pushed_by_call: bool,
    /// Whether the frame pointer of C points behind the record instead of to it.
    c_points_behind: bool,
    /// In how many parts the runtime is: two where it has the code that signal handlers return to.
    parts_of_the_runtime: u32,
}

impl Numbers {
    fn of(architecture: Architecture) -> Numbers {
        match architecture {
            Architecture::X86_64 => Numbers {
                frame_pointer: 6,
                stack_pointer: 7,
                return_address: 16,
                is_pushed_by_call: true,
                c_points_behind: false,
                parts_of_the_runtime: 2,
            },
            Architecture::Aarch64 => Numbers {
                frame_pointer: 29,
                stack_pointer: 31,
                return_address: 30,
                is_pushed_by_call: false,
                c_points_behind: false,
                parts_of_the_runtime: 1,
            },
            Architecture::Riscv64 => Numbers {
                frame_pointer: 8,
                stack_pointer: 2,
                return_address: 1,
                is_pushed_by_call: false,
                c_points_behind: true,
                parts_of_the_runtime: 1,
            },
        }
    }

    /// The rule behind the prologue of generated code.
    fn record_at_frame_pointer(&self) -> Vec<u8> {
        self.record(RECORD as u8)
    }

    /// The rule behind the prologue of the runtime's functions.
    fn record_of_the_runtime(&self) -> Vec<u8> {
        self.record(if self.c_points_behind { 0 } else { RECORD as u8 })
    }

    fn record(&self, distance: u8) -> Vec<u8> {
        let mut rule = vec![DEF_CFA, self.frame_pointer, distance];
        saved(self.frame_pointer.into(), RECORD, &mut rule);
        saved(self.return_address.into(), WORD, &mut rule);
        rule
    }

    /// The rule at the first instruction of a function.
    fn at_first_instruction(&self) -> Vec<u8> {
        let mut rule = vec![DEF_CFA, self.stack_pointer, if self.is_pushed_by_call { WORD as u8 } else { 0 }];
        if self.is_pushed_by_call {
            saved(self.return_address.into(), WORD, &mut rule);
        }
        rule
    }

    /// What changes from there on.
    fn prologue(&self, steps: &FrameSteps) -> Vec<u8> {
        let mut changes = Vec::new();
        let mut place = 0;
        for (offset, step) in steps {
            advance(offset - place, &mut changes);
            place = *offset;
            match *step {
                FrameStep::Pushed => {
                    changes.extend([DEF_CFA_OFFSET, RECORD as u8]);
                    saved(self.frame_pointer.into(), RECORD, &mut changes);
                    if !self.is_pushed_by_call {
                        saved(self.return_address.into(), WORD, &mut changes);
                    }
                }
                FrameStep::Established => changes.extend([DEF_CFA_REGISTER, self.frame_pointer]),
                FrameStep::Saved { register, below_caller } => saved(register, below_caller, &mut changes),
            }
        }
        changes
    }
}

/// A register is saved so many bytes below the caller's frame.
fn saved(register: u16, below_caller: u32, out: &mut Vec<u8>) {
    if register < 64 {
        out.push(OFFSET | register as u8);
    } else {
        out.push(OFFSET_EXTENDED);
        leb128(register.into(), out);
    }
    leb128(below_caller / WORD, out);
}

/// What follows holds so many bytes further on.
fn advance(bytes: u32, out: &mut Vec<u8>) {
    match bytes {
        0 => {}
        1..0x40 => out.push(ADVANCE | bytes as u8),
        0x40..0x100 => out.extend([ADVANCE_BYTE, bytes as u8]),
        _ => {
            out.push(ADVANCE_WORD);
            out.extend(bytes.to_le_bytes());
        }
    }
}

fn leb128(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

impl Frames {
    /// Adds what entries have in common; gives its place.
    fn add_cie(&mut self, numbers: &Numbers, rule: &[u8]) -> u32 {
        const VERSION: u8 = 1;
        /// `-8` as a signed LEB128: offsets of saved registers count words, downwards.
        const DOWN_BY_WORDS: u8 = 0x78;
        /// Addresses as 32 bits, relative to their place.
        const RELATIVE: u8 = 0x1b;
        let start = self.begin();
        self.bytes.extend([0; 4]);
        self.bytes.push(VERSION);
        self.bytes.extend(b"zR\0");
        self.bytes.extend([1, DOWN_BY_WORDS, numbers.return_address, 1, RELATIVE]);
        self.bytes.extend(rule);
        self.end(start);
        start
    }

    /// Adds an entry for a part of the text.
    fn add_fde(&mut self, cie: u32, text: u32, length: u32, changes: &[u8]) {
        let start = self.begin();
        self.bytes.extend((self.bytes.len() as u32 - cie).to_le_bytes());
        self.starts.push(FrameStart { place: self.bytes.len() as u64, text: text.into() });
        self.bytes.extend([0; 4]);
        self.bytes.extend(length.to_le_bytes());
        self.bytes.push(0);
        self.bytes.extend(changes);
        self.end(start);
    }

    fn begin(&mut self) -> u32 {
        let start = self.bytes.len() as u32;
        self.bytes.extend([0; 4]);
        start
    }

    /// Fills the rest of the last word, with instructions that do nothing, and writes the length in front.
    fn end(&mut self, start: u32) {
        self.bytes.resize(self.bytes.len().next_multiple_of(4), 0);
        let length = self.bytes.len() as u32 - start - 4;
        self.bytes[start as usize..][..4].copy_from_slice(&length.to_le_bytes());
    }
}
