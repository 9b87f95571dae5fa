//! `.pdata` and `.xdata`: how Windows, its debuggers and its profilers find the caller of a function.
//!
//! Every function keeps the frame pointer, so the same few words hold for all of them:
//!
//! ```text
//! push rbp              stp x29, x30, [sp, #-16]!
//! mov rbp, rsp          mov x29, sp
//! ```
//! Other registers that a function saves are not told: nobody needs their values to go on from frame to frame.

use super::format;
use super::{SectionName, Writer};
use crate::codegen::{CodeRange, CompiledCode};
use crate::error::Error;
use crate::target::Architecture;
use object::SectionKind;
use object::write::{Relocation, SectionId, SymbolId};

/// How every function begins that has a frame.
pub(super) const X86_64_PROLOGUE: &[u8] = &[0x55, 0x48, 0x89, 0xe5];
pub(super) const AARCH64_PROLOGUE: &[u8] = &[0xfd, 0x7b, 0xbf, 0xa9, 0xfd, 0x03, 0x00, 0x91];

/// A place that an entry names: in the text, or in the words about functions.
enum Target {
    Text(u64),
    Words(u64),
}

/// The two sections under construction.
#[derive(Default)]
struct Tables {
    entries: Vec<u8>,
    words: Vec<u8>,
    /// Offsets in `entries` that hold a distance from the start of the image.
    references: Vec<(u64, Target)>,
}

impl Tables {
    fn refer(&mut self, target: Target) {
        self.references.push((self.entries.len() as u64, target));
        self.entries.extend([0; 4]);
    }
}

impl Writer<'_> {
    /// Adds the tables for the functions in `code`, whose bytes the text section has.
    pub(super) fn add_unwind_tables(&mut self, code: &CompiledCode) -> Result<(), Error> {
        let tables = match code.architecture {
            Architecture::X86_64 => x86_64(code),
            Architecture::Aarch64 => aarch64(code),
            Architecture::Riscv64 => return Err(Error::bug("writing the object", "Windows for RISC-V")),
        };
        let words = self.object.add_section(Vec::new(), b".xdata".to_vec(), SectionKind::ReadOnlyData);
        self.object.set_section_data(words, tables.words, 4);
        let words_symbol = self.object.section_symbol(words);
        let entries = self.object.add_section(Vec::new(), b".pdata".to_vec(), SectionKind::ReadOnlyData);
        self.object.set_section_data(entries, tables.entries, 4);
        let (_, text_symbol) = self.sections[&SectionName::Text];
        for (offset, target) in tables.references {
            let (symbol, addend) = match target {
                Target::Text(offset) => (text_symbol, offset),
                Target::Words(offset) => (words_symbol, offset),
            };
            self.add_image_offset(entries, offset, symbol, addend)?;
        }
        Ok(())
    }

    fn add_image_offset(
        &mut self,
        section: SectionId,
        offset: u64,
        symbol: SymbolId,
        addend: u64,
    ) -> Result<(), Error> {
        let relocation = Relocation { offset, symbol, addend: addend as i64, flags: format::image_offset() };
        self.add_relocation(section, relocation)
    }
}

/// Where each function begins and ends, if it begins with `prologue`. One that does not has no frame, which is what the
/// system takes a function without an entry for.
fn framed<'a>(code: &'a CompiledCode, prologue: &'a [u8]) -> impl Iterator<Item = CodeRange> + 'a {
    let is_framed = move |range: &CodeRange| {
        let start = range.start as usize;
        code.text.get(start..start + prologue.len()) == Some(prologue)
    };
    code.ranges.values().copied().filter(is_framed)
}

/// `RUNTIME_FUNCTION` for each function: its start, its end, and one `UNWIND_INFO` for all.
fn x86_64(code: &CompiledCode) -> Tables {
    const VERSION: u8 = 1;
    const RBP: u8 = 5;
    const PUSH_NONVOLATILE: u8 = 0;
    const SET_FRAME_REGISTER: u8 = 3;
    let mut tables = Tables::default();
    tables.words.extend([VERSION, X86_64_PROLOGUE.len() as u8, 2, RBP]);
    // Backwards, each with the offset behind its instruction.
    tables.words.extend([4, SET_FRAME_REGISTER, 1, PUSH_NONVOLATILE | RBP << 4]);
    for range in framed(code, X86_64_PROLOGUE) {
        tables.refer(Target::Text(range.start.into()));
        tables.refer(Target::Text((range.start + range.length).into()));
        tables.refer(Target::Words(0));
    }
    tables
}

/// For each function its start, and a record of its own, which holds its length.
fn aarch64(code: &CompiledCode) -> Tables {
    /// The epilogue undoes what the prologue did, and there is one.
    const ONE_EPILOGUE: u32 = 1 << 21;
    const ONE_WORD_OF_CODES: u32 = 1 << 27;
    const SET_FRAME_POINTER: u8 = 0xe1;
    const SAVE_FRAME_RECORD: u8 = 0x81;
    const END: u8 = 0xe4;
    const LONGEST: u32 = (1 << 18) - 1;
    let mut tables = Tables::default();
    for range in framed(code, AARCH64_PROLOGUE) {
        let length = range.length / 4;
        if length > LONGEST {
            continue;
        }
        tables.refer(Target::Text(range.start.into()));
        let words = tables.words.len() as u64;
        tables.refer(Target::Words(words));
        tables.words.extend((length | ONE_EPILOGUE | ONE_WORD_OF_CODES).to_le_bytes());
        tables.words.extend([SET_FRAME_POINTER, SAVE_FRAME_RECORD, END, END]);
    }
    tables
}
