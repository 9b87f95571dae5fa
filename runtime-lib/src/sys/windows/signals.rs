//! Exceptions that stand for traps: here they are what signals are elsewhere.
//!
//! Generated code traps by an undefined instruction, by an access to a guard region or by a division that the processor
//! refuses. The system calls the handler before any other, on the stack of the fault. It asks `trap` what the fault means;
//! when it means nothing there, the program or this runtime is broken, and the system's own action follows, so that a crash
//! stays a crash. A trap has the thread go on in [`trap_here`], as if the faulting instruction had called it: leaving a handler
//! by another way than returning would leave the system's own list of handlers locked.

use super::processor;
use crate::sys::hosted::landing::trap_here;
use crate::trap::{self, Fault, FaultKind};
use windows_sys::Win32::Foundation::{
    EXCEPTION_ACCESS_VIOLATION, EXCEPTION_ILLEGAL_INSTRUCTION, EXCEPTION_INT_DIVIDE_BY_ZERO, EXCEPTION_INT_OVERFLOW,
};
use windows_sys::Win32::System::Diagnostics::Debug::{
    AddVectoredExceptionHandler, EXCEPTION_CONTINUE_EXECUTION, EXCEPTION_CONTINUE_SEARCH, EXCEPTION_POINTERS,
};

/// Installs the handler, for all threads.
pub(crate) fn install() {
    const BEFORE_ALL_OTHERS: u32 = 1;
    // SAFETY: the handler changes nothing but where a thread goes on that has trapped.
    unsafe { AddVectoredExceptionHandler(BEFORE_ALL_OTHERS, Some(handle)) };
}

/// Writing to where nobody reads any more is an error in any case.
pub(crate) fn ignore_broken_pipes() {}

unsafe extern "system" fn handle(exception: *mut EXCEPTION_POINTERS) -> i32 {
    // SAFETY: the system's own records, which are the handler's to change.
    let (record, context) = unsafe { (&*(*exception).ExceptionRecord, &mut *(*exception).ContextRecord) };
    let kind = match record.ExceptionCode {
        EXCEPTION_ACCESS_VIOLATION => FaultKind::Access(record.ExceptionInformation[1]),
        EXCEPTION_ILLEGAL_INSTRUCTION | EXCEPTION_INT_DIVIDE_BY_ZERO | EXCEPTION_INT_OVERFLOW => FaultKind::Instruction,
        _ => return EXCEPTION_CONTINUE_SEARCH,
    };
    let (pc, frame) = processor::registers(context);
    let Some(code) = trap::code_of(&Fault { kind, pc, frame }) else { return EXCEPTION_CONTINUE_SEARCH };
    processor::go_on_with(context, trap_here, [code as usize, pc, frame]);
    EXCEPTION_CONTINUE_EXECUTION
}
