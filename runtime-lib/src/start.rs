//! From the first instruction of the process to its exit, in order.

use crate::abi::{ArrayTrampoline, Instance, Module, Program, STARTUP_EXIT_STATUS};
use crate::instance;
use crate::memory::Image;
use crate::message::Message;
use crate::sys::output::Stream;
use crate::sys::{process, signals, stack};

unsafe extern "C" {
    /// What the compiler wrote.
    static wasmc_program: Program;
}

/// The executable's own record.
pub(crate) fn program() -> &'static Program {
    // SAFETY: the compiler wrote the record, and it never changes.
    unsafe { &wasmc_program }
}

/// The module that it runs.
pub(crate) fn module() -> &'static Module {
    // SAFETY: as above.
    unsafe { &*program().module }
}

/// Runs the program.
///
/// # Safety
/// Called once, when the process starts.
pub(crate) unsafe fn start() -> ! {
    let program = program();
    if !stack::map(program.stack_top, program.stack_size) {
        fail(|message| {
            message
                .text("cannot allocate the stack: ")
                .decimal(program.stack_size as u64)
                .text(" bytes (--stack-size)");
        });
    }
    // WebAssembly frames have a stack.

    signals::install();
    // Faults are traps.

    // SAFETY: the stack is mapped and empty.
    unsafe { stack::run(run) }
}

extern "C" fn run() -> ! {
    let program = program();
    // SAFETY: the compiler wrote the records; all of this happens once.
    let status = unsafe {
        if let Some(requirements) = program.requirements.as_ref() {
            (requirements.check)(requirements);
        }
        // The processor knows all instructions of the program.

        if let Some(sockets) = program.sockets.as_ref() {
            (sockets.open)(sockets);
        }
        // The program has what it was granted.

        let instance = instance::create(module(), Image::Consumed, stack::first())
            .unwrap_or_else(|refusal| instance::fail(&refusal));
        // Memories, tables and function references are as the module declares them.

        if let Some(instantiate) = module().instantiate {
            instantiate(instance);
        }
        call_plain(program.initialize.call, instance);
        // The instance is ready.

        (program.run)(program, instance)
    };
    process::exit(status)
}

/// The `RunFunction` of a command.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_run_command(program: *const Program, instance: *mut Instance) -> i32 {
    // SAFETY: the record and the instance are those of this program.
    unsafe { call_plain((*program).entry.call, instance) };
    0
}

/// Calls a function that takes and gives nothing.
unsafe fn call_plain(function: Option<ArrayTrampoline>, instance: *mut Instance) {
    if let Some(function) = function {
        // SAFETY: the compiler's; it does not touch an array of no values.
        unsafe { function(instance, core::ptr::dangling_mut()) };
    }
}

/// Ends a program that cannot start: `app: cannot …`.
#[cold]
pub(crate) fn fail(explain: impl Fn(&mut Message)) -> ! {
    end_with_message(STARTUP_EXIT_STATUS, &explain)
}

/// Ends the program with a line that begins with its name.
#[cold]
pub(crate) fn end_with_message(status: i32, explain: &dyn Fn(&mut Message)) -> ! {
    let mut message = Message::to(Stream::Error);
    // SAFETY: the compiler wrote the name.
    message.foreign(unsafe { module().name.get() }).text(": ");
    explain(&mut message);
    message.text("\n").send();
    process::exit(status)
}

/// Reached only if the runtime is wrong about itself. Nothing is formatted: that code alone would be
/// larger than a small program.
#[cfg(panic = "abort")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    end_with_message(crate::abi::TRAP_EXIT_STATUS, &|message| {
        message.text("the runtime is in a state that it excludes: this is a mistake in wasmc, please report it");
    })
}
