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
//! write, so whoever wants to go on after a trap can do so, with [`catch`].

use crate::abi::{TRAP_EXIT_STATUS, TrapCode};
use crate::backtrace;
use crate::frames::{self, Site};
use crate::instance;
use crate::message::Message;
use crate::start::program;
use crate::sys::output::Stream;
use crate::sys::stack::{self, Stack};
use crate::sys::{self, process};
use core::hint::black_box;
use core::ptr::null_mut;
use core::slice;
use core::sync::atomic::{AtomicPtr, Ordering};

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

/// Traps where a fault happened that stands for `code`.
// It has one caller.
#[inline(always)]
pub(crate) fn raise_fault(code: TrapCode, fault: &Fault) -> ! {
    stop(code, &[], Site { pc: Some(fault.pc), frame: fault.frame })
}

/// The trap that `fault` stands for, if it is one.
pub(crate) fn code_of(fault: &Fault) -> Option<TrapCode> {
    let place = frames::locate(fault.pc);
    match fault.kind {
        FaultKind::Access(address) if stack::is_below(address) => Some(TrapCode::CallStackExhausted),
        // Anyone else who touches a guard region is broken.
        FaultKind::Access(address) if instance::is_guarded(address) => place.map(|_| TrapCode::MemoryOutOfBounds),
        // Below one page is a null reference that generated code reads without a check of its own.
        FaultKind::Access(address) if address >= sys::mapping::PAGE as usize => None,
        FaultKind::Access(_) | FaultKind::Instruction => place?.known(false)?.entry.trap,
    }
}

/// Traps in a helper that generated code called.
#[cold]
#[inline(never)]
pub(crate) fn raise(code: TrapCode) -> ! {
    stop(code, &[], Site::of_caller())
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
    stop(TrapCode::MissingImport, name, Site::of_caller())
}

/// The one end of every trap: goes on where [`catch`] was called, or says what happened and where,
/// and ends the process.
fn stop(code: TrapCode, detail: &[u8], site: Site) -> ! {
    // SAFETY: null, or the static that `catch` stores.
    if let Some(recover) = unsafe { RECOVER.load(Ordering::Relaxed).as_ref() } {
        recover(code, site.frame);
    }
    let mut message = Message::to(Stream::Error);
    message.text("wasm trap: ").text(code.message());
    if !detail.is_empty() {
        message.text(": ").foreign(detail);
    }
    message.text("\n");
    backtrace::write(&mut message, code, site);
    // SAFETY: null, or a record that the compiler wrote.
    if let Some(dump) = unsafe { program().core_dump.as_ref() } {
        message.send();
        // SAFETY: as above.
        unsafe { (dump.write)(dump, site.pc.unwrap_or(0), site.frame, (&raw mut message).cast()) };
    }
    message.send();
    process::exit(TRAP_EXIT_STATUS)
}

/// Leaves the frames of whatever trapped, for the [`catch`] that waits for them; comes back when none
/// does on the stack that `frame` lies in.
type Recover = fn(code: TrapCode, frame: usize);

/// How a trap recovers; null before the first [`catch`], so that a program without one does not link
/// it.
static RECOVER: AtomicPtr<Recover> = AtomicPtr::new(null_mut());

/// Calls `function` on `stack`, the one that this runs on, and comes back when it does, or when it
/// traps. Frames that a trap leaves are not unwound. Calls do not nest.
///
/// # Errors
/// Why it trapped.
pub(crate) fn catch<F: FnMut()>(stack: &Stack, mut function: F) -> Result<(), TrapCode> {
    unsafe extern "C" fn call<F: FnMut()>(function: *mut F) -> u32 {
        // SAFETY: the address that is passed below.
        unsafe { (*function)() };
        0
    }
    static RECOVERY: Recover = recover;
    // The optimizer must not see that this is all that is ever stored: it would call it directly.
    RECOVER.store(black_box((&raw const RECOVERY).cast_mut()), Ordering::Relaxed);
    // SAFETY: `call` gets what it asks for.
    let number = unsafe { sys::call_recoverable(&raw mut function, call::<F>, stack.recovery_point_place()) };
    stack.forget_recovery_point();
    match TrapCode::from_number(number as u8) {
        Some(code) => Err(code),
        None => Ok(()),
    }
}

fn recover(code: TrapCode, frame: usize) {
    if let Some(point) = stack::containing(frame).and_then(Stack::recovery_point) {
        // SAFETY: `catch` waits on that stack for the frames that are left.
        unsafe { sys::recover(point, code as u32) }
    }
}
