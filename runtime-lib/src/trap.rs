//! Traps: from whatever stopped the program to the message and the exit status.
//!
//! ```text
//! wasm trap: out of bounds memory access
//! wasm backtrace:
//!     0:   0x1a2b - app!inner
//!     1:    0x9c1 - app!outer
//! ```
//!
//! All of them end in [`stop`]. It leaves nothing half done behind: helpers check before they
//! write, so whoever wants to go on after a trap can do so from there.

use crate::abi::{Module, TRAP_EXIT_STATUS, TrapCode};
use crate::backtrace::{self, Site};
use crate::message::Message;
use crate::sys::output::Stream;
use crate::sys::{self, process, stack};
use crate::{instance, start};
use core::slice;

/// What the processor refused to do, as the operating system reports it.
pub(crate) struct Fault {
    /// What it was.
    pub(crate) kind: FaultKind,
    /// The address of the instruction.
    pub(crate) pc: usize,
    /// The frame pointer at that instruction.
    pub(crate) frame: usize,
}

/// Kinds of faults.
#[derive(Clone, Copy)]
pub(crate) enum FaultKind {
    /// Access to memory at this address.
    Access(usize),
    /// The instruction itself: undefined, or a division without a result.
    Instruction,
}

/// Ends the program if `fault` is a trap; comes back if it is not.
pub(crate) fn handle_fault(fault: &Fault) {
    let module = start::module();
    if let Some(code) = code_of(module, fault) {
        stop(code, &[], Site { pc: Some(fault.pc), frame: fault.frame });
    }
}

/// The trap that `fault` stands for.
fn code_of(module: &Module, fault: &Fault) -> Option<TrapCode> {
    match fault.kind {
        FaultKind::Instruction => recorded_code(module, fault.pc),
        FaultKind::Access(address) if stack::is_below(address) => Some(TrapCode::CallStackExhausted),
        FaultKind::Access(address) if instance::is_guarded(module, address) => {
            // Anyone else who touches a guard region is broken.
            backtrace::code_offset(module, fault.pc).map(|_| TrapCode::MemoryOutOfBounds)
        }
        // A null reference that generated code reads without a check of its own.
        FaultKind::Access(address) if address < sys::mapping::PAGE as usize => recorded_code(module, fault.pc),
        FaultKind::Access(_) => None,
    }
}

/// The trap that the code map gives for the instruction at `pc`.
fn recorded_code(module: &Module, pc: usize) -> Option<TrapCode> {
    backtrace::locate(module, pc)?.entry()?.trap
}

/// Traps in a helper that generated code called.
#[cold]
#[inline(never)]
pub(crate) fn raise(code: TrapCode) -> ! {
    stop(code, &[], Site { pc: None, frame: sys::frame_pointer() })
}

/// As [`raise`], for a code that generated code names.
pub(crate) unsafe fn raise_number(code: u32) {
    let code = TrapCode::from_number(code as u8).unwrap_or(TrapCode::Unreachable);
    raise(code)
}

/// Traps because an import that nothing provides was called; the text names it.
pub(crate) unsafe fn missing_import(name: *const u8, length: u64) {
    // SAFETY: the compiler wrote the text.
    let name = unsafe { slice::from_raw_parts(name, length as usize) };
    stop(TrapCode::MissingImport, name, Site { pc: None, frame: sys::frame_pointer() })
}

/// The one end of every trap: says what happened and where, and ends the process.
fn stop(code: TrapCode, detail: &[u8], site: Site) -> ! {
    let mut message = Message::to(Stream::Error);
    message.text("wasm trap: ").text(code.message());
    if !detail.is_empty() {
        message.text(": ").foreign(detail);
    }
    message.text("\n");
    backtrace::write(&mut message, start::module(), site);
    message.send();
    process::exit(TRAP_EXIT_STATUS)
}
