//! Process start and signals on x86-64: what has no form in Rust.

use crate::sys::process;
use crate::sys::process::rustix_runtime::{KernelSigaction, KernelSigactionFlags, kernel_sigaction};
use core::arch::naked_asm;
use core::ffi::c_void;
use rustix::process::Signal;

/// The numbers of those system calls in `asm/unistd_64.h`.
const RT_SIGRETURN: u32 = 15;
const CLONE: u32 = 56;

/// Where the kernel starts the process: the stack pointer is the address of the block that
/// `process` describes. The frame pointer is zeroed, as the psABI asks, to end every walk.
#[unsafe(naked)]
#[unsafe(no_mangle)]
unsafe extern "C" fn _start() -> ! {
    naked_asm!("xor ebp, ebp", "mov rdi, rsp", "call {begin}", "ud2", begin = sym begin)
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
    naked_asm!("push rbp", "mov rbp, rsp", "mov rsp, rdi", "call rsi", "ud2")
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
        // The kernel keeps all registers but `rcx`, `r11` and the result's, in both threads. It
        // takes `running` in `r10`, and does not look at `r8` without `CLONE_SETTLS`.
        "mov r9, rcx",
        "mov r10, rdx",
        "xor edx, edx",
        "mov eax, {number}",
        "syscall",
        "test rax, rax",
        "jz 2f",
        "ret",
        "2:",
        "xor ebp, ebp",
        "mov rdi, r8",
        "call r9",
        "ud2",
        number = const CLONE,
    )
}

/// Has the kernel do `action` on `signal`, and says where a handler returns to.
///
/// # Safety
/// A handler keeps what it interrupts as it is.
pub(in crate::sys) unsafe fn set_action(signal: Signal, action: KernelSigaction) {
    let sa_flags = action.sa_flags | KernelSigactionFlags::RESTORER;
    let action = KernelSigaction { sa_flags, sa_restorer: Some(return_from_signal), ..action };
    // SAFETY: the caller vouches for the handler. Fails only for bad arguments.
    let _ = unsafe { kernel_sigaction(signal, Some(action)) };
}

/// Lets the kernel restore what it saved. Debuggers recognise the frame of a signal by these bytes, the longest form of
/// `mov`.
#[unsafe(naked)]
#[unsafe(export_name = "__restore_rt")]
unsafe extern "C" fn return_from_signal() {
    naked_asm!("mov rax, {number}", "syscall", number = const RT_SIGRETURN)
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

/// Reads them from the third argument of a handler, a `ucontext_t`: its `uc_mcontext.gregs` begins
/// 40 bytes in, in the order of `sys/ucontext.h`.
///
/// # Safety
/// `context` is that argument.
pub(in crate::sys) unsafe fn registers(context: *const c_void) -> Registers {
    const GENERAL_REGISTERS: usize = 40;
    const RBP: usize = 10;
    const RIP: usize = 16;
    // SAFETY: inside the record, by its layout.
    unsafe {
        let registers = context.byte_add(GENERAL_REGISTERS).cast::<usize>();
        Registers { pc: registers.add(RIP).read(), frame: registers.add(RBP).read() }
    }
}
