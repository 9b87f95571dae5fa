//! From what Cranelift says of a prologue to the steps of a frame.

use crate::codegen::frame::{FrameStep, FrameSteps};
use crate::target::Architecture;
use cranelift_codegen::isa::unwind::UnwindInst;
use cranelift_codegen::{Final, MachBufferFinalized};
use regalloc2::RegClass;

/// The steps of the function in `buffer`.
pub(super) fn steps_of(buffer: &MachBufferFinalized<Final>, architecture: Architecture) -> FrameSteps {
    let mut steps = FrameSteps::new();
    // Where the saved registers begin, below the end of the caller's frame.
    let mut saved = 0;
    for (offset, inst) in &buffer.unwind_info {
        let step = match inst {
            UnwindInst::PushFrameRegs { .. } => FrameStep::Pushed,
            UnwindInst::DefineNewFrame { offset_upward_to_caller_sp, offset_downward_to_clobbers } => {
                saved = offset_upward_to_caller_sp + offset_downward_to_clobbers;
                FrameStep::Established
            }
            UnwindInst::SaveReg { clobber_offset, reg } => FrameStep::Saved {
                register: dwarf_number(architecture, reg.class(), reg.hw_enc()),
                below_caller: saved - clobber_offset,
            },
            // Frames are found by their pointers, and addresses are not signed.
            _ => continue,
        };
        steps.push((*offset, step));
    }
    steps
}

/// The number that the architecture's supplement to DWARF gives a register.
pub(super) fn dwarf_number(architecture: Architecture, class: RegClass, encoding: u8) -> u16 {
    /// `rax`, `rcx`, `rdx`, `rbx`, `rsp`, `rbp`, `rsi`, `rdi`.
    const X86_64: [u16; 8] = [0, 2, 1, 3, 7, 6, 4, 5];
    let encoding = u16::from(encoding);
    let first_float = match architecture {
        Architecture::X86_64 => 17,
        Architecture::Aarch64 => 64,
        Architecture::Riscv64 => 32,
    };
    match (architecture, class) {
        (Architecture::X86_64, RegClass::Int) => X86_64.get(usize::from(encoding)).copied().unwrap_or(encoding),
        (_, RegClass::Int) => encoding,
        (_, RegClass::Float | RegClass::Vector) => first_float + encoding,
    }
}
