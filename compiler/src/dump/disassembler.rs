//! The disassembler of each architecture, and what its operands say.

use crate::target::Architecture;
use capstone::arch::arm64::Arm64OperandType;
use capstone::arch::x86::{X86OperandType, X86Reg};
use capstone::prelude::*;

/// A disassembler that shows what does not decode as bytes: jump tables lie between instructions.
pub(super) fn disassembler(architecture: Architecture) -> CsResult<Capstone> {
    let builder = Capstone::new();
    let mut disassembler = match architecture {
        Architecture::X86_64 => {
            let builder = builder.x86().mode(arch::x86::ArchMode::Mode64);
            builder.syntax(arch::x86::ArchSyntax::Intel).detail(true).build()
        }
        Architecture::Aarch64 => builder.arm64().mode(arch::arm64::ArchMode::Arm).detail(true).build(),
        Architecture::Riscv64 => {
            let builder = builder.riscv().mode(arch::riscv::ArchMode::RiscV64);
            builder.extra_mode([arch::riscv::ArchExtraMode::RiscVC].into_iter()).detail(true).build()
        }
    }?;
    disassembler.set_skipdata(true)?;
    Ok(disassembler)
}

/// The address that an instruction reads from and names by its distance.
pub(super) fn read_address(disassembler: &Capstone, instruction: &capstone::Insn<'_>) -> Option<u64> {
    let detail = disassembler.insn_detail(instruction).ok()?;
    match detail.arch_detail() {
        ArchDetail::X86Detail(detail) => detail.operands().find_map(|operand| match operand.op_type {
            X86OperandType::Mem(place) if u32::from(place.base().0) == X86Reg::X86_REG_RIP => {
                let next = instruction.address() + instruction.len() as u64;
                next.checked_add_signed(place.disp())
            }
            _ => None,
        }),
        ArchDetail::Arm64Detail(detail) => detail.operands().find_map(|operand| match operand.op_type {
            // Branches have such an operand too.
            Arm64OperandType::Imm(address) if instruction.mnemonic()?.starts_with("ldr") => u64::try_from(address).ok(),
            _ => None,
        }),
        // The distance is spread over two instructions.
        _ => None,
    }
}
