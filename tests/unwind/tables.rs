//! `.eh_frame` and `.eh_frame_hdr`, read by a library that debuggers are made of.

use gimli::{
    BaseAddresses, CfaRule, EhFrame, EhFrameHdr, LittleEndian, ParsedEhFrameHdr, Register, RegisterRule, UnwindContext,
    UnwindSection, UnwindTableRow,
};
use libtest_mimic::Failed;
use object::read::elf::ElfFile64;
use object::{Object, ObjectSection, ObjectSymbol, SymbolKind};
use wasmc_compiler::{Architecture, Target};

type Slice<'a> = gimli::EndianSlice<'a, LittleEndian>;

/// Registers by their numbers in the architecture's supplement to DWARF.
struct Registers {
    frame_pointer: Register,
    stack_pointer: Register,
    return_address: Register,
}

fn registers(architecture: Architecture) -> Registers {
    let [frame_pointer, stack_pointer, return_address] = match architecture {
        Architecture::X86_64 => [6, 7, 16],
        Architecture::Aarch64 => [29, 31, 30],
        Architecture::Riscv64 => [8, 2, 1],
    }
    .map(Register);
    Registers { frame_pointer, stack_pointer, return_address }
}

/// A rule: where the caller's frame ends, and where its frame pointer and the return address are, below that.
#[derive(PartialEq, Eq, Debug)]
struct Rule {
    register: Register,
    offset: i64,
    frame_pointer: Option<i64>,
    return_address: Option<i64>,
}

/// Looks at every function of the executable: at its first instruction, its last byte, and everything between.
pub(crate) fn check(executable: &[u8], target: Target, debug: bool) -> Result<(), Failed> {
    let file = ElfFile64::<object::Endianness>::parse(executable)?;
    let section = |name: &str| file.section_by_name(name).ok_or_else(|| format!("no {name}"));
    let (frames, header, text) = (section(".eh_frame")?, section(".eh_frame_hdr")?, section(".text")?);
    let bases = BaseAddresses::default()
        .set_eh_frame(frames.address())
        .set_eh_frame_hdr(header.address())
        .set_text(text.address());
    let eh_frame = EhFrame::new(frames.data()?, LittleEndian);
    let header = EhFrameHdr::new(header.data()?, LittleEndian).parse(&bases, 8)?;
    let registers = registers(target.architecture);
    let mut names = Vec::new();
    for symbol in file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text && symbol.size() > 0) {
        let name = symbol.name()?;
        names.push(name.to_owned());
        if name == "__restore_rt" {
            // Unwinders know it by its instructions, if nothing is said of it or of the byte before it.
            for address in [symbol.address() - 1, symbol.address()] {
                assert_uncovered(&eh_frame, &bases, address)?;
            }
            continue;
        }
        let is_generated = !name.contains("wasmc") && ["inner", "outer", "entry"].contains(&name);
        let last = symbol.address() + symbol.size() - 1;
        for address in symbol.address()..=last {
            // The byte before the code of a signal's end is padding.
            let Some(rule) = rule_at(&eh_frame, &header, &bases, &registers, address)? else {
                return Err(format!("nothing is said of {name} at {address:#x}").into());
            };
            let expected = if !is_generated || !debug || address == last {
                behind_the_prologue(target.architecture, &registers, is_generated || is_trampoline(name))
            } else if address == symbol.address() {
                at_the_first_instruction(target.architecture, &registers)
            } else {
                continue;
            };
            if rule != expected && !(debug && is_trampoline(name)) {
                return Err(format!("{name} at {address:#x}: {rule:?} instead of {expected:?}").into());
            }
        }
    }
    for name in ["inner", "outer", "entry", "_start"] {
        if !names.iter().any(|known| known == name) {
            return Err(format!("{name} is not in the executable: {names:?}").into());
        }
    }
    if debug { saved_registers_are_known(&eh_frame, &bases, &file) } else { Ok(()) }
}

/// Code that no function of the module stands behind.
fn is_trampoline(name: &str) -> bool {
    name.starts_with("trampoline") || name == "instantiate"
}

fn behind_the_prologue(architecture: Architecture, registers: &Registers, is_generated: bool) -> Rule {
    // C on RISC-V lets the frame pointer point to the end of the caller's frame.
    let offset = if architecture == Architecture::Riscv64 && !is_generated { 0 } else { 16 };
    Rule { register: registers.frame_pointer, offset, frame_pointer: Some(-16), return_address: Some(-8) }
}

fn at_the_first_instruction(architecture: Architecture, registers: &Registers) -> Rule {
    let is_pushed = architecture == Architecture::X86_64;
    Rule {
        register: registers.stack_pointer,
        offset: if is_pushed { 8 } else { 0 },
        frame_pointer: None,
        return_address: is_pushed.then_some(-8),
    }
}

/// The rule at `address`: the same whether the entry is found by the table or by reading all of them.
fn rule_at(
    frames: &EhFrame<Slice<'_>>,
    header: &ParsedEhFrameHdr<Slice<'_>>,
    bases: &BaseAddresses,
    registers: &Registers,
    address: u64,
) -> Result<Option<Rule>, Failed> {
    let mut context = UnwindContext::new();
    let Ok(entry) = frames.fde_for_address(bases, address, EhFrame::cie_from_offset) else { return Ok(None) };
    let table = header.table().ok_or("no table in .eh_frame_hdr")?;
    let found = table.fde_for_address(frames, bases, address, EhFrame::cie_from_offset)?;
    if found.offset() != entry.offset() {
        return Err(format!("the table finds another entry for {address:#x}").into());
    }
    let row = entry.unwind_info_for_address(frames, bases, &mut context, address)?;
    let CfaRule::RegisterAndOffset { register, offset } = *row.cfa() else {
        return Err("the frame is found by an expression".into());
    };
    let saved = |register| saved_at(row, register);
    Ok(Some(Rule {
        register,
        offset,
        frame_pointer: saved(registers.frame_pointer),
        return_address: saved(registers.return_address),
    }))
}

fn saved_at(row: &UnwindTableRow<usize>, register: Register) -> Option<i64> {
    match row.register(register) {
        Some(RegisterRule::Offset(offset)) => Some(offset),
        _ => None,
    }
}

fn assert_uncovered(frames: &EhFrame<Slice<'_>>, bases: &BaseAddresses, address: u64) -> Result<(), Failed> {
    match frames.fde_for_address(bases, address, EhFrame::cie_from_offset) {
        Err(_) => Ok(()),
        Ok(_) => Err(format!("something is said of {address:#x}").into()),
    }
}

/// `outer` keeps values in registers that belong to its caller.
fn saved_registers_are_known(
    frames: &EhFrame<Slice<'_>>,
    bases: &BaseAddresses,
    file: &ElfFile64<'_>,
) -> Result<(), Failed> {
    let outer = file.symbol_by_name("outer").ok_or("no `outer`")?;
    let entry = frames.fde_for_address(bases, outer.address(), EhFrame::cie_from_offset)?;
    let mut context = UnwindContext::new();
    let last = outer.address() + outer.size() - 1;
    let row = entry.unwind_info_for_address(frames, bases, &mut context, last)?;
    if (entry.initial_address(), entry.len()) != (outer.address(), outer.size()) {
        return Err("the entry is not that of the function alone".into());
    }
    let saved =
        row.registers().filter(|(_, rule)| matches!(rule, RegisterRule::Offset(offset) if *offset < -16)).count();
    if saved > 0 { Ok(()) } else { Err("no register of the caller is saved".into()) }
}
