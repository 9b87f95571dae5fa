//! Signals that stand for traps.
//!
//! Generated code traps by an undefined instruction, by an access to a guard region or by a
//! division that the processor refuses. The handler asks `trap` what the fault means; when it means
//! nothing there, the program or this runtime is broken, and the kernel's own action follows, so
//! that a crash stays a crash, with its core dump.

use super::process::rustix_runtime::{
    KERNEL_SIG_DFL, KernelSigSet, KernelSigaction, KernelSigactionFlags, Siginfo, Stack, kernel_sig_ign,
    kernel_sigaltstack,
};
use super::processor;
use crate::trap::{self, Fault, FaultKind};
use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::mem::transmute;
use rustix::process::Signal;

/// Where handlers run: the stack that faulted may be full. The kernel puts the registers there,
/// with AMX state more than 10 KiB of them; pages that nobody touches cost nothing.
pub(super) const HANDLER_STACK_SIZE: usize = 64 << 10;

#[repr(align(16))]
struct HandlerStack(UnsafeCell<[u8; HANDLER_STACK_SIZE]>);

// SAFETY: only the kernel and the handlers that it starts on the first thread use it.
unsafe impl Sync for HandlerStack {}

/// That of the first thread.
static HANDLER_STACK: HandlerStack = HandlerStack(UnsafeCell::new([0; HANDLER_STACK_SIZE]));

/// What a fault may raise. `SIGBUS` is not among them: on Linux it says that a file behind a
/// mapping is gone, which is no trap.
const SIGNALS: [Signal; 3] = [Signal::SEGV, Signal::ILL, Signal::FPE];

/// Installs the handler, for all threads, and the handler stack of the first one.
pub(crate) fn install() {
    // SAFETY: the stack is this thread's; the handler changes nothing that it interrupts.
    unsafe {
        handle_on(HANDLER_STACK.0.get().cast());
        for signal in SIGNALS {
            processor::set_action(signal, action());
        }
    }
}

/// Makes the [`HANDLER_STACK_SIZE`] bytes at `start` the handler stack of this thread.
///
/// # Safety
/// They are this thread's, for as long as it runs.
pub(super) unsafe fn handle_on(start: *mut u8) {
    let stack = Stack { ss_sp: start.cast(), ss_flags: 0, ss_size: HANDLER_STACK_SIZE as u64 };
    // SAFETY: the caller vouches for the memory. The call fails only for bad arguments.
    let _ = unsafe { kernel_sigaltstack(Some(stack)) };
}

/// Lets writing to where nobody reads any more be an error instead of the end of the process.
pub(crate) fn ignore_broken_pipes() {
    let ignore = KernelSigaction { sa_handler_kernel: kernel_sig_ign(), ..KernelSigaction::default() };
    // SAFETY: there is no handler.
    unsafe { processor::set_action(Signal::PIPE, ignore) };
}

/// The signals are not blocked while the handler runs: one that leaves the handler by another way
/// than returning would block them for good.
fn action() -> KernelSigaction {
    let handler: unsafe extern "C" fn(c_int, *mut Siginfo, *mut c_void) = processor::enter_handler;
    KernelSigaction {
        // SAFETY: with `SIGINFO` the kernel calls the handler with these three arguments.
        sa_handler_kernel: Some(unsafe {
            transmute::<unsafe extern "C" fn(c_int, *mut Siginfo, *mut c_void), unsafe extern "C" fn(c_int)>(handler)
        }),
        sa_flags: KernelSigactionFlags::SIGINFO | KernelSigactionFlags::ONSTACK | KernelSigactionFlags::NODEFER,
        sa_mask: KernelSigSet::empty(),
        ..KernelSigaction::default()
    }
}

/// Does what a signal asks for.
pub(in crate::sys) unsafe extern "C" fn handle(number: c_int, information: *mut Siginfo, context: *mut c_void) {
    // SAFETY: the kernel's own records.
    let (sent_by, address, registers) = unsafe {
        let information = &(*information).__bindgen_anon_1.__bindgen_anon_1;
        let address = information._sifields._sigfault._addr;
        (information.si_code, address.addr(), processor::registers(context))
    };
    let kind = match number {
        number if number == Signal::SEGV.as_raw() => FaultKind::Access(address),
        _ => FaultKind::Instruction,
    };
    // Codes above 0 are the kernel's: others are signals that somebody sent.
    let fault = Fault { kind, pc: registers.pc, frame: registers.frame };
    if let Some(code) = (sent_by > 0).then(|| trap::code_of(&fault)).flatten() {
        trap::raise_fault(code, &fault);
    }
    // SAFETY: from here on the kernel acts as if there had been no handler.
    unsafe {
        let signal = Signal::from_raw_unchecked(number);
        let default = KernelSigaction { sa_handler_kernel: KERNEL_SIG_DFL, ..KernelSigaction::default() };
        processor::set_action(signal, default);
        // A faulting instruction faults again when the handler returns; a signal that was sent does
        // not come again.
        if sent_by <= 0 {
            let _ = rustix::process::kill_process(rustix::process::getpid(), signal);
        }
    }
}
