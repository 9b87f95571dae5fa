//! Process start and signals on RISC-V: what has no form in Rust.

use super::calls;
use crate::sys::process;
use crate::sys::process::rustix_runtime::{KernelSigaction, KernelSigactionFlags};
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
    naked_asm!("li s0, 0", "li ra, 0", "mv a0, sp", "call {begin}", "unimp", begin = sym begin)
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
    naked_asm!("addi sp, sp, -16", "sd ra, 8(sp)", "sd s0, 0(sp)", "addi s0, sp, 16", "mv sp, a0", "jalr a1", "unimp",)
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
        // `a4`, and does not look at `a2` and `a3` without the flags that speak of them.
        "mv t0, a3",
        "mv t1, a4",
        "mv a4, a2",
        "li a2, 0",
        "li a3, 0",
        "li a7, {number}",
        "ecall",
        "beqz a0, 2f",
        "ret",
        "2:",
        "li s0, 0",
        "li ra, 0",
        "mv a0, t1",
        "jalr t0",
        "unimp",
        number = const CLONE,
    )
}

/// Has the kernel do `action` on `signal`. It knows itself where a handler returns to.
///
/// # Safety
/// A handler keeps what it interrupts as it is.
pub(in crate::sys) unsafe fn set_action(signal: Signal, action: KernelSigaction) {
    // SAFETY: the caller vouches for the handler. Fails only for bad arguments.
    let _ = unsafe { exchange_action(signal, Action::new(action)) };
}

/// What is done on a signal, as the kernel has it, and as QEMU's user mode has it, where another word precedes the mask.
#[derive(Clone, Copy)]
#[repr(C)]
pub(in crate::sys) struct Action {
    handler: Option<unsafe extern "C" fn(c_int)>,
    flags: KernelSigactionFlags,
    /// No signal is blocked meanwhile.
    mask: [u64; 2],
}

impl Action {
    /// `action`, whose mask is empty.
    pub(in crate::sys) fn new(action: KernelSigaction) -> Action {
        Action { handler: action.sa_handler_kernel, flags: action.sa_flags, mask: [0; 2] }
    }
}

/// Has the kernel do `action` on `signal`, and gives what it did before.
///
/// # Safety
/// A handler does with what it interrupts as its code expects.
pub(in crate::sys) unsafe fn exchange_action(signal: Signal, action: Action) -> Option<Action> {
    const RT_SIGACTION: usize = 134;
    let mut before = Action::new(KernelSigaction::default());
    let (new, old) = ((&raw const action).expose_provenance(), (&raw mut before).expose_provenance());
    // SAFETY: the caller vouches for the handler; the records are large enough for both.
    let done = unsafe { calls::call(RT_SIGACTION, [signal.as_raw() as usize, new, old, size_of::<u64>()]) };
    done.is_ok().then_some(before)
}

/// What the kernel calls on a signal.
pub(in crate::sys) use crate::sys::signals::handle as enter_handler;

/// The registers that say where a signal came from.
pub(in crate::sys) struct Registers {
    /// The instruction that faulted.
    pub(in crate::sys) pc: usize,
    /// The frame pointer.
    pub(in crate::sys) frame: usize,
}

/// Reads them from the third argument of a handler, a `ucontext_t`.
///
/// # Safety
/// `context` is that argument.
pub(in crate::sys) unsafe fn registers(context: *const c_void) -> Registers {
    const FRAME_POINTER: usize = 8;
    // SAFETY: inside the record, by its layout.
    unsafe {
        let saved = saved_registers(context.cast_mut());
        Registers { pc: saved.read(), frame: saved.add(FRAME_POINTER).read() }
    }
}

/// Where a `ucontext_t` has the program counter, with registers 1 to 31 behind it: its `uc_mcontext` begins 176 bytes in,
/// at a multiple of 16.
///
/// # Safety
/// `context` is such a record.
pub(in crate::sys) unsafe fn saved_registers(context: *mut c_void) -> *mut usize {
    const MACHINE_CONTEXT: usize = 176;
    // SAFETY: inside the record.
    unsafe { context.byte_add(MACHINE_CONTEXT).cast() }
}
