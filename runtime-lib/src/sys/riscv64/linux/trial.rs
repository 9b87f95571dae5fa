//! Instructions that may not exist.

use super::process::{Action, exchange_action, saved_registers};
use crate::sys::process::rustix_runtime::{KernelSigSet, KernelSigaction, KernelSigactionFlags, Siginfo};
use core::ffi::{c_int, c_void};
use core::mem::transmute;
use rustix::process::Signal;

/// Calls `attempt` and tells whether it gave something else than 0: an undefined instruction, which has four bytes, is
/// skipped, and leaves 0 in the register of the result.
pub(in crate::sys) fn runs(attempt: extern "C" fn() -> usize) -> bool {
    let handler: unsafe extern "C" fn(c_int, *mut Siginfo, *mut c_void) = skip;
    let action = KernelSigaction {
        // SAFETY: with `SIGINFO` the kernel calls the handler with these three arguments.
        sa_handler_kernel: Some(unsafe {
            transmute::<unsafe extern "C" fn(c_int, *mut Siginfo, *mut c_void), unsafe extern "C" fn(c_int)>(handler)
        }),
        sa_flags: KernelSigactionFlags::SIGINFO,
        sa_mask: KernelSigSet::empty(),
    };
    // SAFETY: the handler changes what was interrupted as `attempt` expects, and is there only as long.
    unsafe {
        let Some(usual) = exchange_action(Signal::ILL, Action::new(action)) else { return false };
        let result = attempt();
        // Fails only for bad arguments.
        let _ = exchange_action(Signal::ILL, usual);
        result != 0
    }
}

unsafe extern "C" fn skip(_: c_int, _: *mut Siginfo, context: *mut c_void) {
    const INSTRUCTION_SIZE: usize = 4;
    /// `a0`.
    const RESULT: usize = 10;
    // SAFETY: the kernel's own record.
    unsafe {
        let registers = saved_registers(context);
        *registers += INSTRUCTION_SIZE;
        *registers.add(RESULT) = 0;
    }
}
