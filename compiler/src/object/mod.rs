//! Machine code and data to a relocatable object.
//!
//! `records` lays out the read-only records and the instance that `wasmc_runtime::abi` describes,
//! `code_map` those of them that traps look up; this file puts them, the text and the symbols into
//! the file format.
//!
//! ```text
//! .text          all functions, one after the other
//! .rodata        records, names, the code map, segments, read-only tables
//! .rodata.image  initial memory that is mapped: whole pages, nothing else in them
//! .data          the instance's initial state
//! .eh_frame      how to get from a frame to its caller's
//! ```
//! In COFF and Mach-O they have other names, and what `.eh_frame` says other forms.

mod code_map;
mod compact_unwind;
mod core_dump;
mod external;
mod format;
mod frames;
mod function_name;
mod records;
mod requirements;
mod script;
mod section;
mod source_map;
mod unwind;

pub use script::write_script;

use crate::analyze::{Plan, Symbol};
use crate::codegen::{CompiledCode, RelocationKind};
use crate::debuginfo::{self, DebugSection, SourceLines, native_dwarf};
use crate::error::Error;
use crate::module::{Module, TableIndex};
use crate::options::{Emit, Options};
use crate::target::{ObjectFormat, Target};
use frames::{Frames, frames_of};
use gimli::write::RelocationTarget;
use object::write::{Object, Relocation, SectionId, SymbolId, SymbolSection};
use object::{Endianness, RelocationEncoding, RelocationFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope};
use records::Records;
use section::{Contents, Place, SectionName};
use std::collections::HashMap;
use wasmc_runtime::abi::PROGRAM_SYMBOL;

/// Writes the object file; `lines` says where the module comes from, where that is known.
///
/// # Errors
/// [`Error::Bug`] when a value does not fit its field in the format.
pub fn write_object(
    module: &Module<'_>,
    plan: &Plan,
    code: CompiledCode,
    lines: Option<&SourceLines>,
    options: &Options,
) -> Result<Vec<u8>, Error> {
    let records = Records::new(module, plan, lines, &code, options)?;
    let has_dwarf = options.debug && options.target.object_format() == ObjectFormat::Elf;
    let debug = if has_dwarf { native_dwarf(module, plan, &code, lines, &options.sources)? } else { Vec::new() };
    let mut writer = Writer::new(options.target);
    writer.add_contents(records.read_only, SectionName::ReadOnly);
    writer.add_contents(records.image, SectionName::Image);
    writer.add_contents(records.data, SectionName::Data);
    writer.add_code_symbols(module, plan, &code);
    match options.target.object_format() {
        ObjectFormat::Elf => writer.add_frames(frames_of(&code, options.emit == Emit::Executable))?,
        ObjectFormat::Coff => writer.add_unwind_tables(&code)?,
        ObjectFormat::MachO => writer.add_compact_unwind(&code)?,
    }
    writer.add_text(plan, code, &records.places)?;
    writer.add_debug_sections(debug, &records.places)?;
    if let Some(offset) = records.program {
        writer.add_global(PROGRAM_SYMBOL, SectionName::ReadOnly, offset);
    }
    writer.add_global(&plan.symbol, SectionName::ReadOnly, records.module);
    writer.add_relocations()?;
    writer.object.write().map_err(|error| Error::bug("writing the object", error))
}

struct Writer<'a> {
    object: Object<'a>,
    target: Target,
    sections: HashMap<SectionName, (SectionId, SymbolId)>,
    externals: HashMap<String, SymbolId>,
    /// Places in sections that have symbols of their own.
    inner: HashMap<(SymbolId, u64), SymbolId>,
    /// References from data, added when all sections exist.
    pending: Vec<(SectionName, section::Reference)>,
}

impl<'a> Writer<'a> {
    fn new(target: Target) -> Writer<'a> {
        let mut writer = Writer {
            object: Object::new(format::binary(target), format::architecture(target), Endianness::Little),
            target,
            sections: HashMap::new(),
            externals: HashMap::new(),
            inner: HashMap::new(),
            pending: Vec::new(),
        };
        writer.object.flags = format::flags(target);
        if target.object_format() == ObjectFormat::MachO {
            writer.object.set_macho_build_version(format::build_version());
        }
        for name in [SectionName::Text, SectionName::ReadOnly, SectionName::Image, SectionName::Data] {
            writer.add_section(name);
        }
        if target.object_format() == ObjectFormat::Elf {
            // Linkers take its absence as a wish for an executable stack.
            writer.object.add_section(Vec::new(), b".note.GNU-stack".to_vec(), SectionKind::Other);
        }
        writer
    }

    fn add_section(&mut self, name: SectionName) {
        let (segment, text, kind) = format::section(self.target, name);
        let section = self.object.add_section(segment.as_bytes().to_vec(), text.as_bytes().to_vec(), kind);
        let symbol = match self.target.object_format() {
            ObjectFormat::Elf | ObjectFormat::Coff => self.object.section_symbol(section),
            // References to a section itself count from the start of the file's address space.
            ObjectFormat::MachO => self.add_label(section, 0),
        };
        self.sections.insert(name, (section, symbol));
    }

    fn add_contents(&mut self, contents: Contents, name: SectionName) {
        let alignment = match name {
            SectionName::Image => format::image_alignment(self.target),
            _ => 16,
        };
        let (section, _) = self.sections[&name];
        self.object.set_section_data(section, contents.bytes, alignment);
        self.pending.extend(contents.references.into_iter().map(|reference| (name, reference)));
    }

    fn add_frames(&mut self, frames: Frames) -> Result<(), Error> {
        let section = self.object.add_section(Vec::new(), b".eh_frame".to_vec(), SectionKind::ReadOnlyData);
        self.object.set_section_data(section, frames.bytes, 8);
        let (_, text) = self.sections[&SectionName::Text];
        for start in frames.starts {
            let flags = format::relocation(self.target, RelocationKind::Relative32);
            let relocation = Relocation { offset: start.place, symbol: text, addend: start.text as i64, flags };
            self.add_relocation(section, relocation)?;
        }
        Ok(())
    }

    /// What debuggers read, and no program.
    fn add_debug_sections(&mut self, debug: Vec<DebugSection>, places: &HashMap<Symbol, Place>) -> Result<(), Error> {
        if !debug.is_empty() {
            let name = b".debug_gdb_scripts".to_vec();
            let id = self.object.add_section(Vec::new(), name, SectionKind::DebugString);
            self.object.set_section_data(id, debuginfo::gdb_scripts(), 1);
        }
        let mut sections = HashMap::new();
        for section in &debug {
            let name = section.id.name().as_bytes().to_vec();
            let id = self.object.add_section(Vec::new(), name, SectionKind::Debug);
            sections.insert(section.id, (id, self.object.section_symbol(id)));
        }
        for section in debug {
            let (id, _) = sections[&section.id];
            self.object.set_section_data(id, section.bytes, 1);
            for relocation in section.relocations {
                let (symbol, offset) = match relocation.target {
                    RelocationTarget::Section(target) => (sections.get(&target).map(|(_, symbol)| *symbol), 0),
                    RelocationTarget::Symbol(debuginfo::TEXT) => (Some(self.sections[&SectionName::Text].1), 0),
                    RelocationTarget::Symbol(symbol) => {
                        let symbol = match symbol {
                            debuginfo::INSTANCE => Symbol::Instance,
                            table => Symbol::ReadOnlyTable(TableIndex::from_u32((table - debuginfo::TABLES) as u32)),
                        };
                        let place = places.get(&symbol);
                        (place.map(|place| self.sections[&place.section].1), place.map_or(0, |place| place.offset))
                    }
                };
                let missing = || Error::bug("writing the object", "debug information refers to what is not there");
                let flags = RelocationFlags::Generic {
                    kind: object::RelocationKind::Absolute,
                    encoding: RelocationEncoding::Generic,
                    size: relocation.size * 8,
                };
                let relocation = Relocation {
                    offset: relocation.offset as u64,
                    symbol: symbol.ok_or_else(missing)?,
                    addend: relocation.addend + offset as i64,
                    flags,
                };
                self.add_relocation(id, relocation)?;
            }
        }
        Ok(())
    }

    /// Every function by its own name, local, so that debuggers and profilers show it.
    fn add_code_symbols(&mut self, module: &Module<'_>, plan: &Plan, code: &CompiledCode) {
        let (section, _) = self.sections[&SectionName::Text];
        for (index, range) in &code.ranges {
            // A NUL would end the name in the string table.
            let name = plan.code_name(module, index).replace('\0', "\u{fffd}");
            self.object.add_symbol(object::write::Symbol {
                name: name.into_bytes(),
                value: u64::from(range.start),
                size: u64::from(range.length),
                kind: SymbolKind::Text,
                scope: SymbolScope::Compilation,
                weak: false,
                section: SymbolSection::Section(section),
                flags: SymbolFlags::None,
            });
        }
    }

    fn add_text(&mut self, plan: &Plan, code: CompiledCode, places: &HashMap<Symbol, Place>) -> Result<(), Error> {
        let (section, _) = self.sections[&SectionName::Text];
        self.object.set_section_data(section, code.text, 16);
        for relocation in &code.relocations {
            let (mut symbol, offset) = self.resolve(plan, &code.ranges, relocation.symbol, places)?;
            let mut addend = relocation.addend + offset as i64;
            if format::needs_own_symbol(self.target, relocation.kind) && addend != 0 {
                (symbol, addend) = (self.symbol_at(symbol, addend as u64), 0);
            }
            let relocation = Relocation {
                offset: u64::from(relocation.offset),
                symbol,
                addend,
                flags: format::relocation(self.target, relocation.kind),
            };
            self.add_relocation(section, relocation)?;
        }
        Ok(())
    }

    /// The object's symbol for one of ours, and the offset to add.
    fn resolve(
        &mut self,
        plan: &Plan,
        ranges: &cranelift_entity::PrimaryMap<crate::analyze::CodeIndex, crate::codegen::CodeRange>,
        symbol: Symbol,
        places: &HashMap<Symbol, Place>,
    ) -> Result<(SymbolId, u64), Error> {
        if let Some(name) = external_name(symbol, plan.traces_wasi) {
            return Ok((self.external(name), 0));
        }
        let place = match symbol {
            Symbol::Code(code) => Place { section: SectionName::Text, offset: u64::from(ranges[code].start) },
            other => *places.get(&other).ok_or_else(|| {
                Error::bug("writing the object", format!("{other:?} of {} has no place", plan.code.len()))
            })?,
        };
        Ok((self.sections[&place.section].1, place.offset))
    }

    /// A symbol so many bytes behind the start of a section, which another symbol stands for.
    fn symbol_at(&mut self, start: SymbolId, offset: u64) -> SymbolId {
        if let Some(known) = self.inner.get(&(start, offset)) {
            return *known;
        }
        let SymbolSection::Section(section) = self.object.symbol(start).section else { return start };
        let symbol = self.add_label(section, offset);
        self.inner.insert((start, offset), symbol);
        symbol
    }

    /// Adds a symbol that nobody is to see.
    fn add_label(&mut self, section: SectionId, offset: u64) -> SymbolId {
        let (name, kind) = match self.target.object_format() {
            // Linkers leave names out that begin like this.
            ObjectFormat::MachO => (format!("l$data.{offset:x}"), SymbolKind::Unknown),
            ObjectFormat::Elf | ObjectFormat::Coff => (format!("$data.{offset:x}"), SymbolKind::Data),
        };
        self.object.add_symbol(object::write::Symbol {
            name: name.into_bytes(),
            value: offset,
            size: 0,
            kind,
            scope: SymbolScope::Compilation,
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        })
    }

    /// A symbol that another object defines.
    fn external(&mut self, name: &str) -> SymbolId {
        let object = &mut self.object;
        *self.externals.entry(name.to_owned()).or_insert_with(|| {
            object.add_symbol(object::write::Symbol {
                name: name.as_bytes().to_vec(),
                value: 0,
                size: 0,
                kind: SymbolKind::Text,
                scope: SymbolScope::Dynamic,
                weak: false,
                section: SymbolSection::Undefined,
                flags: SymbolFlags::None,
            })
        })
    }

    fn add_global(&mut self, name: &str, section: SectionName, offset: u64) {
        let (section, _) = self.sections[&section];
        self.object.add_symbol(object::write::Symbol {
            name: name.as_bytes().to_vec(),
            value: offset,
            size: 0,
            kind: SymbolKind::Data,
            scope: SymbolScope::Linkage,
            weak: false,
            section: SymbolSection::Section(section),
            flags: SymbolFlags::None,
        });
    }

    fn add_relocations(&mut self) -> Result<(), Error> {
        for (name, reference) in std::mem::take(&mut self.pending) {
            let (section, _) = self.sections[&name];
            let (symbol, addend) = match reference.target {
                section::Target::Place(place) => (self.sections[&place.section].1, place.offset),
                section::Target::External(name) => (self.external(&name), 0),
            };
            let flags = format::relocation(self.target, RelocationKind::Absolute64);
            let relocation = Relocation { offset: reference.offset, symbol, addend: addend as i64, flags };
            self.add_relocation(section, relocation)?;
        }
        Ok(())
    }

    fn add_relocation(&mut self, section: SectionId, relocation: Relocation) -> Result<(), Error> {
        self.object.add_relocation(section, relocation).map_err(|error| Error::bug("writing the object", error))
    }
}

/// The name of a symbol that the runtime archive defines.
fn external_name(symbol: Symbol, traces_wasi: bool) -> Option<&'static str> {
    match symbol {
        Symbol::Helper(helper) => Some(helper.symbol()),
        Symbol::Wasi { call, unstable } => Some(match (unstable, traces_wasi) {
            (false, false) => call.symbol(),
            (true, false) => call.unstable_symbol(),
            (false, true) => call.traced_symbol(),
            (true, true) => call.unstable_traced_symbol(),
        }),
        _ => None,
    }
}
