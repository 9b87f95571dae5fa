//! From the record of a script to its exit status.

use super::instances::Instances;
use super::performer::Performer;
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
    let script = unsafe { &wasmc_script };
    let Some(instances) = Instances::new(script.instances) else {
        start::fail(|message| {
            message.text("cannot allocate the list of ").decimal(script.instances).text(" instances");
        })
    };
    instances.set(SPECTEST, NonNull::new(spectest));
    // SAFETY: as above.
    Performer::new(script, instances, stack::first()).perform_all(unsafe { script.commands.get() });
    0
}
