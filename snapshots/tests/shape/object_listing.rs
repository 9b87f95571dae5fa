//! The sections, symbols and references of an object, read back from its bytes.
//!
//! ```text
//! section  .text          size 0x26  align 16  references 2
//! symbol   .text+0x0      size 0x11  local   function  add
//! symbol   undefined      size 0x0   global  unknown   wasmc_memory_grow
//! refers   .text+0x9      to wasmc_memory_grow-0x4 (R_X86_64_PLT32)
//! ```
//! References out of `.text` are listed, those of records are counted: what they hold is for the
//! runtime, whose tests read them.

use libtest_mimic::Failed;
use object::{
    Architecture, Object, ObjectSection, ObjectSymbol, RelocationFlags, RelocationTarget, SymbolKind, SymbolSection,
    elf, read,
};
use std::fmt::Write;

/// Lists what `object` holds.
pub fn describe(object: &[u8]) -> Result<String, Failed> {
    let file = read::elf::ElfFile64::<object::Endianness>::parse(object)?;
    let mut out = String::new();
    for section in file.sections() {
        let references = section.relocations().count();
        let (name, size, alignment) = (section.name()?, section.size(), section.align());
        writeln!(out, "section  {name:<16} size {size:#x}  align {alignment}  references {references}")?;
    }
    for symbol in file.symbols().filter(|symbol| symbol.kind() != SymbolKind::Section) {
        let place = match symbol.section() {
            SymbolSection::Section(index) => {
                format!("{}+{:#x}", file.section_by_index(index)?.name()?, symbol.address())
            }
            SymbolSection::Undefined => "undefined".to_owned(),
            other => format!("{other:?}").to_lowercase(),
        };
        let scope = if symbol.is_local() { "local" } else { "global" };
        let kind = match symbol.kind() {
            SymbolKind::Text => "function",
            SymbolKind::Data => "data",
            SymbolKind::File => "file",
            _ => "untyped",
        };
        writeln!(out, "symbol   {place:<16} size {:#x}  {scope} {kind}  {}", symbol.size(), symbol.name()?)?;
    }
    for section in file.sections().filter(|section| section.name() == Ok(".text")) {
        for (offset, relocation) in section.relocations() {
            let target = target_name(&file, relocation.target())?;
            let addend = relocation.addend();
            let sign = if addend < 0 { '-' } else { '+' };
            let kind = relocation_name(file.architecture(), relocation.flags());
            writeln!(out, "refers   .text+{offset:#x}  to {target}{sign}{:#x}  {kind}", addend.unsigned_abs())?;
        }
    }
    Ok(out)
}

fn target_name(
    file: &read::elf::ElfFile64<'_, object::Endianness>,
    target: RelocationTarget,
) -> Result<String, Failed> {
    let RelocationTarget::Symbol(index) = target else { return Ok(format!("{target:?}")) };
    let symbol = file.symbol_by_index(index)?;
    match (symbol.kind(), symbol.section_index()) {
        (SymbolKind::Section, Some(section)) => Ok(file.section_by_index(section)?.name()?.to_owned()),
        _ => Ok(symbol.name()?.to_owned()),
    }
}

/// The name the ELF supplement of the architecture gives it.
fn relocation_name(architecture: Architecture, flags: RelocationFlags) -> String {
    match architecture {
        Architecture::Aarch64 => aarch64_relocation_name(flags),
        Architecture::Riscv64 => riscv64_relocation_name(flags),
        _ => x86_64_relocation_name(flags),
    }
}

fn x86_64_relocation_name(flags: RelocationFlags) -> String {
    match flags {
        RelocationFlags::Elf { r_type: elf::R_X86_64_64 } => "R_X86_64_64".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_X86_64_32 } => "R_X86_64_32".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_X86_64_32S } => "R_X86_64_32S".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_X86_64_PC32 } => "R_X86_64_PC32".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_X86_64_PLT32 } => "R_X86_64_PLT32".to_owned(),
        other => format!("{other:?}"),
    }
}

fn aarch64_relocation_name(flags: RelocationFlags) -> String {
    match flags {
        RelocationFlags::Elf { r_type: elf::R_AARCH64_ABS64 } => "R_AARCH64_ABS64".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_AARCH64_CALL26 } => "R_AARCH64_CALL26".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_AARCH64_ADR_PREL_PG_HI21 } => "R_AARCH64_ADR_PREL_PG_HI21".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_AARCH64_ADD_ABS_LO12_NC } => "R_AARCH64_ADD_ABS_LO12_NC".to_owned(),
        other => format!("{other:?}"),
    }
}

fn riscv64_relocation_name(flags: RelocationFlags) -> String {
    match flags {
        RelocationFlags::Elf { r_type: elf::R_RISCV_64 } => "R_RISCV_64".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_RISCV_CALL_PLT } => "R_RISCV_CALL_PLT".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_RISCV_HI20 } => "R_RISCV_HI20".to_owned(),
        RelocationFlags::Elf { r_type: elf::R_RISCV_LO12_I } => "R_RISCV_LO12_I".to_owned(),
        other => format!("{other:?}"),
    }
}
