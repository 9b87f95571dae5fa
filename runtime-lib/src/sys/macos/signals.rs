//! Signals that stand for traps.
//!
//! Generated code traps by an undefined instruction, by an access to a guard region or by a
//! division that the processor refuses. The handler asks `trap` what the fault means; when it means
//! nothing there, the program or this runtime is broken, and the kernel's own action follows, so
//! that a crash stays a crash. A trap has the thread go on in [`trap_here`] when the handler returns: the kernel takes note of who
//! is on a handler's stack, and does not see that one has left it by another way.

use super::processor;
use crate::sys::hosted::landing::trap_here;
use crate::trap::{self, Fault, FaultKind};
use core::cell::UnsafeCell;
use core::ffi::{c_int, c_void};
use core::mem::{MaybeUninit, zeroed};
use core::ptr::{null, null_mut};
use libc::{
    SA_ONSTACK, SA_SIGINFO, SIG_DFL, SIG_IGN, SIGBUS, SIGFPE, SIGILL, SIGPIPE, SIGSEGV, sigaltstack, siginfo_t,
    stack_t, ucontext_t,
};

/// Where handlers run, and then what they have the thread go on with: the stack that faulted may be full.
pub(super) const HANDLER_STACK_SIZE: usize = 64 << 10;

#[repr(align(16))]
struct HandlerStack(UnsafeCell<[u8; HANDLER_STACK_SIZE]>);

// SAFETY: only the kernel and what it starts on the first thread use it.
unsafe impl Sync for HandlerStack {}

/// That of the first thread.
static HANDLER_STACK: HandlerStack = HandlerStack(UnsafeCell::new([0; HANDLER_STACK_SIZE]));

/// What a fault may raise: `SIGBUS` for pages that are reserved, `SIGSEGV` for none at all.
const SIGNALS: [c_int; 4] = [SIGBUS, SIGSEGV, SIGILL, SIGFPE];

/// Installs the handler, for all threads, and the handler stack of the first one.
pub(crate) fn install() {
    // SAFETY: the stack is this thread's; the handler changes nothing but where a thread goes on that has trapped.
    unsafe {
        handle_on(HANDLER_STACK.0.get().cast());
        for signal in SIGNALS {
            set_action(signal, handle as *const () as usize, SA_SIGINFO | SA_ONSTACK);
        }
    }
}

/// Makes the [`HANDLER_STACK_SIZE`] bytes at `start` the handler stack of this thread.
///
/// # Safety
/// They are this thread's, for as long as it runs.
pub(super) unsafe fn handle_on(start: *mut u8) {
    let stack = stack_t { ss_sp: start.cast(), ss_flags: 0, ss_size: HANDLER_STACK_SIZE };
    // SAFETY: the caller vouches for the memory. The call fails only for bad arguments.
    unsafe { sigaltstack(&stack, null_mut()) };
}

/// Lets writing to where nobody reads any more be an error instead of the end of the process.
pub(crate) fn ignore_broken_pipes() {
    // SAFETY: there is no handler.
    unsafe { set_action(SIGPIPE, SIG_IGN, 0) };
}

/// Has the system do `action` on a signal.
///
/// # Safety
/// A handler takes what the flags say, and keeps what it interrupts as it is.
unsafe fn set_action(signal: c_int, action: usize, flags: c_int) {
    // SAFETY: a set of no signals is all zeros. The call fails only for bad arguments.
    unsafe {
        let action = libc::sigaction { sa_sigaction: action, sa_mask: zeroed(), sa_flags: flags };
        libc::sigaction(signal, &action, null_mut());
    }
}

/// The end of the stack that this handler runs on.
fn own_stack_end() -> usize {
    let mut stack = MaybeUninit::<stack_t>::uninit();
    // SAFETY: the kernel fills in the record; nothing else is asked for.
    unsafe {
        sigaltstack(null(), stack.as_mut_ptr());
        let stack = stack.assume_init();
        stack.ss_sp.addr() + stack.ss_size
    }
}

unsafe extern "C" fn handle(signal: c_int, information: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: the kernel's own records, which are the handler's to change.
    let (information, context) = unsafe { (&*information, &mut *context.cast::<ucontext_t>()) };
    let kind = match signal {
        SIGBUS | SIGSEGV => FaultKind::Access(information.si_addr.addr()),
        _ => FaultKind::Instruction,
    };
    // SAFETY: the kernel's record.
    let (pc, frame) = unsafe { processor::registers(context) };
    // Whether somebody sent the signal cannot be told for sure: then hardly an instruction was met that may trap.
    if let Some(code) = trap::code_of(&Fault { kind, pc, frame }) {
        // SAFETY: what is on this stack is no longer used when the handler has returned.
        unsafe { processor::go_on_with(context, own_stack_end(), trap_here, [code as usize, pc, frame]) };
        return;
    }
    // SAFETY: from here on the kernel acts as if there had been no handler. An instruction that faulted faults again when the
    // handler returns; a signal that was sent does not come again.
    unsafe {
        set_action(signal, SIG_DFL, 0);
        if information.si_code == 0 {
            libc::kill(libc::getpid(), signal);
        }
    }
}
