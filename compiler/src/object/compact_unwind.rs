//! `__LD,__compact_unwind`: how macOS, its debuggers and its profilers find the caller of a function.
//!
//! An entry for each function says one thing of its whole code. Linkers make a table of them, in which functions of which the
//! same is said, and that follow each other, have one entry together:
//!
//! ```text
//! function  length  encoding                    personality, data: none
//! text+0    0x40    the frame pointer leads on
//! text+40   0x8     there is no frame
//! ```
//! Other registers that a function saves are not told: nobody needs their values to go on from frame to frame.

use super::{SectionName, Writer};
use crate::codegen::{CompiledCode, RelocationKind};
use crate::error::Error;
use crate::target::Architecture;
use object::write::Relocation;
use object::{SectionFlags, SectionKind, macho};

/// Numbers of `mach-o/compact_unwind_encoding.h`.
const X86_64_FRAME: u32 = 0x0100_0000;
/// The return address is all that is on the stack: one word.
const X86_64_WITHOUT_FRAME: u32 = 0x0201_0000;
const AARCH64_FRAME: u32 = 0x0400_0000;
const AARCH64_WITHOUT_FRAME: u32 = 0x0200_0000;

/// Bytes of an entry: an address, two words, two addresses.
const ENTRY: usize = 32;

impl Writer<'_> {
    /// Adds the entries for the functions in `code`.
    pub(super) fn add_compact_unwind(&mut self, code: &CompiledCode) -> Result<(), Error> {
        let (prologue, frame, without): (&[u8], u32, u32) = match code.architecture {
            Architecture::X86_64 => (super::unwind::X86_64_PROLOGUE, X86_64_FRAME, X86_64_WITHOUT_FRAME),
            Architecture::Aarch64 => (super::unwind::AARCH64_PROLOGUE, AARCH64_FRAME, AARCH64_WITHOUT_FRAME),
            Architecture::Riscv64 => return Err(Error::bug("writing the object", "macOS for RISC-V")),
        };
        let section = self.object.add_section(b"__LD".to_vec(), b"__compact_unwind".to_vec(), SectionKind::Debug);
        self.object.section_mut(section).flags =
            SectionFlags::MachO { flags: macho::S_REGULAR | macho::S_ATTR_DEBUG, reserved2: 0 };
        let mut bytes = Vec::with_capacity(code.ranges.len() * ENTRY);
        for range in code.ranges.values() {
            let start = range.start as usize;
            let is_framed = code.text.get(start..).is_some_and(|code| code.starts_with(prologue));
            bytes.extend([0; 8]);
            bytes.extend(range.length.to_le_bytes());
            bytes.extend(if is_framed { frame } else { without }.to_le_bytes());
            bytes.extend([0; 16]);
        }
        self.object.set_section_data(section, bytes, 8);
        let (_, text) = self.sections[&SectionName::Text];
        for (position, range) in code.ranges.values().enumerate() {
            let flags = super::format::relocation(self.target, RelocationKind::Absolute64);
            let offset = (position * ENTRY) as u64;
            self.add_relocation(section, Relocation { offset, symbol: text, addend: range.start.into(), flags })?;
        }
        Ok(())
    }
}
