//! From the record of a script to its exit status.

use super::performer::{Performer, Shared};
use super::places::Places;
use crate::abi::script::{SPECTEST, Script};
use crate::abi::{Instance, Program};
use crate::start;
use crate::sys::stack;
use core::ptr::NonNull;

unsafe extern "C" {
    /// What the compiler wrote.
    static wasmc_script: Script;
}

/// The `RunFunction` of a script. The instance is that of the module `spectest`.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_run_script(_: *const Program, spectest: *mut Instance) -> i32 {
    // SAFETY: the compiler wrote the record, and it never changes.
    let (script, commands) = unsafe { (&wasmc_script, wasmc_script.commands.get()) };
    let (Some(instances), Some(threads)) = (Places::new(script.instances as usize), Places::new(script.threads.length))
    else {
        start::fail(|message| {
            message.text("cannot allocate the lists of ").decimal(script.instances).text(" instances and of threads");
        })
    };
    instances.set(SPECTEST, NonNull::new(spectest));
    let shared = Shared { script, instances, threads };
    Performer::new(shared, stack::first()).perform_all(commands);
    // What threads have still to report comes before the end of the process.
    threads.all().for_each(|thread| {
        // SAFETY: threads stay.
        unsafe { thread.as_ref() }.wait();
    });
    0
}
