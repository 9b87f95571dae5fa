//! Machine code and what refers to it.

use super::frame::FrameSteps;
use super::locals::{LocalPlace, Location};
use super::machine::{longest_text, padding, write_distance};
use crate::analyze::{Code, CodeIndex, Plan, Symbol};
use crate::error::Error;
use crate::module::Module;
use crate::target::Architecture;
use cranelift_entity::PrimaryMap;
use wasmc_runtime::code_map::put_body;

/// One compiled function, on its way into the text.
#[derive(Debug, Default)]
pub struct CompiledFunction {
    /// Its machine code.
    pub code: Vec<u8>,
    /// Alignment of its start in bytes.
    pub alignment: u32,
    /// References out of it; offsets count from its start.
    pub relocations: Vec<Relocation>,
    /// Where its instructions come from, as `wasmc_runtime::code_map` describes, without the offset of the body.
    pub entries: Vec<u8>,
    /// Bytes of its frame.
    pub frame_size: u32,
    /// How its frame comes about, where that was asked for (`-g`).
    pub frame_steps: Option<FrameSteps>,
    /// The operators that stretches of code come from, ascending, where that was asked for (`-g`, a listing).
    pub locations: Vec<Location>,
    /// Where its locals are, where that was asked for (`-g`).
    pub locals: Vec<LocalPlace>,
    /// The IR, when that was asked for instead.
    pub listing: Option<String>,
}

/// A reference from code to a symbol.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Relocation {
    /// Where in the code the address goes.
    pub offset: u32,
    /// How it is written.
    pub kind: RelocationKind,
    /// What it refers to.
    pub symbol: Symbol,
    /// Added to the symbol's address.
    pub addend: i64,
}

/// How a relocation writes an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RelocationKind {
    /// 64 bits, absolute.
    Absolute64,
    /// 32 bits, relative to the field.
    Relative32,
    /// 32 bits, relative to the field, the target of a call or jump.
    Call32,
    /// 26 bits of an AArch64 `bl` or `b`: how many times 4 bytes its target is away.
    Call26,
    /// 21 bits of an AArch64 `adrp`: how many times 4 KiB its page is away.
    Page21,
    /// 12 bits of an AArch64 `add`: the place in that page.
    PageOffset12,
    /// 32 bits, relative to the field, in a RISC-V `auipc` and the `jalr` behind it.
    CallPair,
    /// The upper 20 bits of a 32-bit address in a RISC-V `lui`.
    High20,
    /// The lower 12 bits, in a RISC-V `addi`.
    Low12,
}

impl RelocationKind {
    /// All of them.
    pub(super) const ALL: [RelocationKind; 9] = [
        RelocationKind::Absolute64,
        RelocationKind::Relative32,
        RelocationKind::Call32,
        RelocationKind::Call26,
        RelocationKind::Page21,
        RelocationKind::PageOffset12,
        RelocationKind::CallPair,
        RelocationKind::High20,
        RelocationKind::Low12,
    ];

    /// How many bytes of code it writes to.
    pub(super) fn width(self) -> usize {
        match self {
            RelocationKind::Absolute64 | RelocationKind::CallPair => 8,
            RelocationKind::Relative32
            | RelocationKind::Call32
            | RelocationKind::Call26
            | RelocationKind::Page21
            | RelocationKind::PageOffset12
            | RelocationKind::High20
            | RelocationKind::Low12 => 4,
        }
    }

    /// Whether the distance alone decides what is written, so that a reference within the text needs no linker.
    fn is_distance(self) -> bool {
        match self {
            RelocationKind::Relative32 | RelocationKind::Call32 | RelocationKind::Call26 | RelocationKind::CallPair => {
                true
            }
            RelocationKind::Absolute64
            | RelocationKind::Page21
            | RelocationKind::PageOffset12
            | RelocationKind::High20
            | RelocationKind::Low12 => false,
        }
    }
}

/// The offset in the module's bytes from which the wasm offsets of a piece of code count: that of the function's body.
pub(super) fn body_offset(module: &Module<'_>, plan: &Plan, code: CodeIndex) -> u32 {
    match plan.code[code] {
        Code::Function(function) => module.body(function).map_or(0, |body| body.range.start as u32),
        Code::ImportThunk(_) | Code::ArrayTrampoline(_) | Code::Instantiate => 0,
    }
}

/// Where a function lies in the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CodeRange {
    /// Offset of its first byte.
    pub start: u32,
    /// Bytes.
    pub length: u32,
}

/// All machine code of a module.
#[derive(Debug)]
pub struct CompiledCode {
    /// What it runs on.
    pub architecture: Architecture,
    /// The code, functions in index order.
    pub text: Vec<u8>,
    /// Where each function lies.
    pub ranges: PrimaryMap<CodeIndex, CodeRange>,
    /// References to anything but code of this module, ascending; offsets count from the text's start.
    pub relocations: Vec<Relocation>,
    /// The code map's entries of all functions, in index order.
    pub entries: Vec<u8>,
    /// Where those of each function start.
    pub entry_offsets: PrimaryMap<CodeIndex, u32>,
    /// Bytes of the largest frame of a function.
    pub largest_frame: u32,
    /// How the frame of each function comes about; nothing where that was not asked for.
    pub frame_steps: Vec<FrameSteps>,
    /// The operators that stretches of the text come from, ascending, where that was asked for (`-g`, a listing).
    pub locations: Vec<Location>,
    /// Where the locals of each function are, where that was asked for (`-g`); offsets count from the function's start.
    pub locals: PrimaryMap<CodeIndex, Vec<LocalPlace>>,
    /// The text that was asked for instead of code.
    pub listing: Option<String>,
    /// References between functions, until all addresses are known.
    calls: Vec<(u32, CodeIndex, i32)>,
}

impl CompiledCode {
    /// No functions yet.
    pub(super) fn new(architecture: Architecture) -> CompiledCode {
        CompiledCode {
            architecture,
            text: Vec::new(),
            ranges: PrimaryMap::new(),
            relocations: Vec::new(),
            entries: Vec::new(),
            entry_offsets: PrimaryMap::new(),
            largest_frame: 0,
            frame_steps: Vec::new(),
            locations: Vec::new(),
            locals: PrimaryMap::new(),
            listing: None,
            calls: Vec::new(),
        }
    }

    /// Adds the next function, whose body has the offset `body` in the module's bytes.
    pub(super) fn append(&mut self, index: CodeIndex, body: u32, mut function: CompiledFunction) -> Result<(), Error> {
        if let Some(listing) = function.listing {
            self.listing.get_or_insert_default().push_str(&listing);
            return Ok(());
        }
        let start = self.text.len().next_multiple_of(function.alignment.max(1) as usize);
        let end = start + function.code.len();
        let entries_end = self.entries.len() + function.entries.len();
        let longest = longest_text(self.architecture);
        // What is known about an instruction takes as much room as the instruction, more or less.
        if end > longest || entries_end > i32::MAX as usize {
            let (megabytes, name) = (longest.div_ceil(1 << 20), self.architecture.name());
            return Err(Error::environment(format!(
                "the module's machine code is larger than {megabytes} MiB, which is as far as calls reach on {name}"
            )));
        }
        self.text.resize(start, padding(self.architecture));
        self.text.append(&mut function.code);
        let start = start as u32;
        debug_assert_eq!(self.ranges.next_key(), index);
        self.ranges.push(CodeRange { start, length: end as u32 - start });
        for relocation in function.relocations {
            let offset = start + relocation.offset;
            match relocation.symbol {
                Symbol::Code(callee) if relocation.kind.is_distance() => {
                    self.calls.push((offset, callee, relocation.addend as i32));
                }
                _ => self.relocations.push(Relocation { offset, ..relocation }),
            }
        }
        self.largest_frame = self.largest_frame.max(function.frame_size);
        self.entry_offsets.push(self.entries.len() as u32);
        if !function.entries.is_empty() {
            put_body(body, &mut self.entries);
        }
        self.entries.append(&mut function.entries);
        self.frame_steps.extend(function.frame_steps);
        let moved =
            |location: Location| Location { start: start + location.start, end: start + location.end, ..location };
        self.locations.extend(function.locations.into_iter().map(moved));
        self.locals.push(function.locals);
        Ok(())
    }

    /// Writes the distances of calls between functions: they share a section, so no linker is needed.
    pub(super) fn resolve_calls(&mut self) -> Result<(), Error> {
        for (offset, callee, addend) in std::mem::take(&mut self.calls) {
            let target = i64::from(self.ranges[callee].start) + i64::from(addend);
            let distance = target - i64::from(offset);
            let code = self.text.get_mut(offset as usize..).unwrap_or_default();
            write_distance(self.architecture, code, distance)
                .ok_or_else(|| Error::bug("code generation", format!("a call over {distance} bytes")))?;
        }
        Ok(())
    }
}
