//! From what Cranelift says of references in machine code to ours.

use super::names;
use crate::codegen::compiled::{Relocation, RelocationKind};
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::{self, ExternalName};
use cranelift_codegen::{FinalizedMachReloc, FinalizedRelocTarget};

/// The references of `func` out of its `code`.
///
/// # Errors
/// Names what is not known here.
pub(super) fn relocations_of(
    relocations: &[FinalizedMachReloc],
    func: &ir::Function,
    code: &mut [u8],
) -> Result<Vec<Relocation>, String> {
    let mut converted: Vec<Relocation> = Vec::with_capacity(relocations.len());
    for relocation in relocations {
        let next = match (relocation.kind, converted.last()) {
            // Its target is the instruction before it, which refers to the symbol.
            (Reloc::RiscvPCRelLo12I, Some(upper)) if upper.kind == RelocationKind::High20 => {
                Relocation { offset: relocation.offset, kind: RelocationKind::Low12, ..*upper }
            }
            _ => relocation_of(relocation, func)?,
        };
        if next.kind == RelocationKind::High20 {
            make_absolute(code, next.offset)?;
        }
        converted.push(next);
    }
    Ok(converted)
}

fn relocation_of(relocation: &FinalizedMachReloc, func: &ir::Function) -> Result<Relocation, String> {
    let symbol = match &relocation.target {
        FinalizedRelocTarget::ExternalName(ExternalName::User(name)) => {
            names::decode(&func.params.user_named_funcs()[*name])
        }
        other => return Err(format!("a reference to {other:?}, which is not part of the runtime")),
    };
    let kind = match relocation.kind {
        Reloc::Abs8 => RelocationKind::Absolute64,
        Reloc::X86PCRel4 => RelocationKind::Relative32,
        // Cranelift writes addresses of data in this form too.
        Reloc::X86CallPCRel4 if symbol.is_code() => RelocationKind::Call32,
        Reloc::X86CallPCRel4 => RelocationKind::Relative32,
        Reloc::Arm64Call => RelocationKind::Call26,
        Reloc::Aarch64AdrPrelPgHi21 => RelocationKind::Page21,
        Reloc::Aarch64AddAbsLo12Nc => RelocationKind::PageOffset12,
        Reloc::RiscvCallPlt => RelocationKind::CallPair,
        Reloc::RiscvPCRelHi20 => RelocationKind::High20,
        other => return Err(format!("a relocation of kind {other}")),
    };
    Ok(Relocation { offset: relocation.offset, kind, symbol, addend: relocation.addend })
}

/// Makes `lui` of the `auipc` at `offset`: in position-dependent programs, addresses have 31 bits. Relative to the program
/// counter, the lower bits would refer to the upper ones by a symbol for each place.
fn make_absolute(code: &mut [u8], offset: u32) -> Result<(), String> {
    const OPCODE: u8 = 0x7f;
    const AUIPC: u8 = 0x17;
    const LUI: u8 = 0x37;
    match code.get_mut(offset as usize) {
        Some(byte) if *byte & OPCODE == AUIPC => {
            *byte = *byte & !OPCODE | LUI;
            Ok(())
        }
        other => Err(format!("{other:?} instead of an `auipc` at {offset}")),
    }
}
