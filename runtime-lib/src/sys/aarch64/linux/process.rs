//! Process start and signals on AArch64: what has no form in Rust.

use crate::sys::process;
use crate::sys::process::rustix_runtime::{KernelSigaction, Siginfo, kernel_sigaction};
use crate::sys::signals::handle;
use core::arch::naked_asm;
use core::ffi::{c_int, c_void};
use rustix::process::Signal;

/// The number of that system call in `asm-generic/unistd.h`.
const CLONE: u32 = 220;

/// Where the kernel starts the process: the stack pointer is the address of the block that
/// `process` describes. The frame pointer is zeroed, to end every walk.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn _start() -> ! {
    naked_asm!("mov x29, xzr", "mov x30, xzr", "mov x0, sp", "bl {begin}", "udf #0", begin = sym begin)
}

unsafe extern "C" fn begin(block: *mut usize) -> ! {
    // SAFETY: the first thing that the process does.
    unsafe {
        process::remember(block);
        crate::start::start()
    }
}

/// Calls `function` with the stack pointer at `top`, a multiple of 16. A debugger's walk goes on from there with the frames
/// of the stack before.
#[unsafe(naked)]
pub(in crate::sys) unsafe extern "C" fn call_on_stack(top: usize, function: extern "C" fn() -> !) -> ! {
    naked_asm!("stp x29, x30, [sp, #-16]!", "mov x29, sp", "mov sp, x0", "blr x1", "udf #0")
}

/// Starts a thread that calls `function` with `argument`, its stack pointer at `top`, a multiple of
/// 16, and its frame pointer zeroed. Gives its number, or an error below 0. `flags` are those of
/// `clone`; `running` is the word that `CLONE_CHILD_CLEARTID` speaks of.
///
/// # Safety
/// The stack is mapped and nobody else's; the flags share the address space.
#[unsafe(naked)]
pub(in crate::sys) unsafe extern "C" fn clone<T>(
    flags: usize,
    top: usize,
    running: *mut u32,
    function: extern "C" fn(argument: *mut T) -> !,
    argument: *mut T,
) -> isize {
    naked_asm!(
        // The kernel keeps all registers but the result's, in both threads. It takes `running` in
        // `x4`, and does not look at `x2` and `x3` without the flags that speak of them.
        "mov x9, x3",
        "mov x10, x4",
        "mov x4, x2",
        "mov x2, xzr",
        "mov x3, xzr",
        "mov x8, #{number}",
        "svc #0",
        "cbz x0, 2f",
        "ret",
        "2:",
        "mov x29, xzr",
        "mov x30, xzr",
        "mov x0, x10",
        "blr x9",
        "udf #0",
        number = const CLONE,
    )
}

/// Has the kernel do `action` on `signal`. It knows itself where a handler returns to.
///
/// # Safety
/// A handler keeps what it interrupts as it is.
pub(in crate::sys) unsafe fn set_action(signal: Signal, action: KernelSigaction) {
    // SAFETY: the caller vouches for the handler. Fails only for bad arguments.
    let _ = unsafe { kernel_sigaction(signal, Some(action)) };
}

/// What the kernel calls on a signal. The frame pointer of a function by rustc points somewhere into its frame: with this
/// frame of its own above it, debuggers know where the kernel's record begins.
#[unsafe(naked)]
pub(in crate::sys) unsafe extern "C" fn enter_handler(number: c_int, information: *mut Siginfo, context: *mut c_void) {
    naked_asm!(
        "stp x29, x30, [sp, #-16]!",
        "mov x29, sp",
        "bl {handle}",
        "ldp x29, x30, [sp], #16",
        "ret",
        handle = sym handle,
    )
}

/// The registers that say where a signal came from.
pub(in crate::sys) struct Registers {
    /// The instruction that faulted.
    pub(in crate::sys) pc: usize,
    /// The frame pointer.
    pub(in crate::sys) frame: usize,
}

/// Reads them from the third argument of a handler, a `ucontext_t`: its `uc_mcontext` begins 176 bytes
/// in, at a multiple of 16, with the address of the fault and registers 0 to 30, the stack pointer and
/// the program counter behind it.
///
/// # Safety
/// `context` is that argument.
pub(in crate::sys) unsafe fn registers(context: *const c_void) -> Registers {
    const MACHINE_CONTEXT: usize = 176;
    const FRAME_POINTER: usize = 1 + 29;
    const PROGRAM_COUNTER: usize = 1 + 32;
    // SAFETY: inside the record, by its layout.
    unsafe {
        let registers = context.byte_add(MACHINE_CONTEXT).cast::<usize>();
        Registers { pc: registers.add(PROGRAM_COUNTER).read(), frame: registers.add(FRAME_POINTER).read() }
    }
}
