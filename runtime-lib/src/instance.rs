//! The instance: from the records of a module to state that generated code can run on.

use crate::abi::{FuncRef, Instance, MEMORY_GUARDED, Memory, Module, STACK_RED_ZONE, Table};
use crate::memory::{self, Refusal};
use crate::sys::mapping::{self, whole_pages};
use crate::sys::stack;
use crate::{start, table};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

/// The instance of this program, once it is complete.
static INSTANCE: AtomicPtr<Instance> = AtomicPtr::new(null_mut());

/// Makes the instance of `module`, in `storage`, which holds the template already, or where that is
/// null in new memory. Segments that need evaluation, and the start function, are left to
/// generated code.
///
/// # Safety
/// Called once, with the records that the compiler wrote.
pub(crate) unsafe fn create(module: &'static Module, storage: *mut Instance) -> *mut Instance {
    // SAFETY: the template is as long as an instance, and the offsets in the records lie inside it.
    unsafe {
        let instance = if storage.is_null() { from_template(module) } else { storage };
        let wasi_memory = match module.wasi_memory_offset {
            u64::MAX => null_mut(),
            offset => instance.byte_add(offset as usize).cast(),
        };
        instance.write(Instance { module, stack_limit: stack::range().start + STACK_RED_ZONE, wasi_memory });
        for (number, plan) in module.memories.get().iter().enumerate() {
            match memory::create(plan) {
                Ok(memory) => instance.byte_add(plan.instance_offset as usize).cast::<Memory>().write(memory),
                Err(refusal) => refuse_memory(number, plan.minimum, refusal),
            }
        }
        for plan in module.tables.get() {
            match table::create(plan) {
                Some(table) => instance.byte_add(plan.instance_offset as usize).cast::<Table>().write(table),
                None => start::fail(|message| {
                    message.text("cannot allocate a table of ").decimal(plan.minimum).text(" elements");
                }),
            }
        }
        INSTANCE.store(instance, Ordering::Relaxed);
        instance
    }
}

/// New memory with the template in it, and the instance in each function reference.
unsafe fn from_template(module: &Module) -> *mut Instance {
    let template = module.template;
    let instance = whole_pages(template.length as u64).and_then(|length| mapping::allocate(0, length));
    let Some(instance) = instance else {
        start::fail(|message| {
            message.text("cannot allocate the instance: ").decimal(template.length as u64).text(" bytes");
        })
    };
    // SAFETY: the memory is that long, and the function references are inside it.
    unsafe {
        instance.copy_from_nonoverlapping(template.start, template.length);
        let instance: *mut Instance = instance.cast();
        let funcrefs = instance.byte_add(module.funcrefs_offset as usize).cast::<FuncRef>();
        for position in 0..module.funcrefs_count as usize {
            (*funcrefs.add(position)).instance = instance;
        }
        instance
    }
}

fn refuse_memory(number: usize, minimum: u64, refusal: Refusal) -> ! {
    start::fail(|message| {
        match refusal {
            Refusal::Reservation => message
                .text("cannot reserve 8 GiB of address space for memory ")
                .decimal(number as u64)
                .text("; raise the limit (ulimit -v), or build the program with --memory-checks=explicit"),
            Refusal::Minimum => message
                .text("cannot allocate memory ")
                .decimal(number as u64)
                .text(": its minimum is ")
                .decimal(minimum)
                .text(" bytes"),
        };
    })
}

/// Whether `address` lies in a guarded memory or its guard region.
pub(crate) fn is_guarded(module: &Module, address: usize) -> bool {
    let instance = INSTANCE.load(Ordering::Relaxed);
    if instance.is_null() {
        return false;
    }
    // SAFETY: the instance is complete; the offsets in the records lie inside it.
    unsafe {
        module.memories.get().iter().any(|plan| {
            let memory = &*instance.byte_add(plan.instance_offset as usize).cast::<Memory>();
            let offset = address.wrapping_sub(memory.base.addr()) as u64;
            memory.flags & MEMORY_GUARDED != 0 && offset < memory.reserved
        })
    }
}
