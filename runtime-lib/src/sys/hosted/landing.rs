//! Where a thread goes on that has trapped. A handler is left by returning from it: the system takes note of who is in one.

use crate::abi::TrapCode;
use crate::trap::{self, Fault, FaultKind};

/// Traps with the code of this number, for the instruction at `pc` in the frame `frame`.
pub(in crate::sys) unsafe extern "C" fn trap_here(code: usize, pc: usize, frame: usize) -> ! {
    let code = TrapCode::from_number(code as u8).unwrap_or(TrapCode::Unreachable);
    trap::raise_fault(code, &Fault { kind: FaultKind::Instruction, pc, frame })
}
