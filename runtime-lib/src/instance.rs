//! Instances: from the records of a module to state that generated code can run on.
//!
//! Each instance knows the one made before it, so that a trap finds the module whose code it is in
//! and the memory whose guard region was touched, whichever instance they belong to.

use crate::abi::{CLEARANCE_BELOW, FuncRef, Instance, MEMORY_GUARDED, Memory, Module, STACK_RED_ZONE};
use crate::memory::{self, Image};
use crate::message::Message;
use crate::start;
use crate::sys::mapping::{self, whole_pages};
use crate::sys::stack::Stack;
use core::iter;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::{AtomicPtr, Ordering};

/// The newest complete instance. It stays for good, even when its start function traps: tables of
/// other instances may refer to its functions.
static NEWEST: AtomicPtr<Instance> = AtomicPtr::new(null_mut());

/// What an instance asked for and the system does not have. What was made until then stays mapped.
pub(crate) enum Refusal {
    /// Memory for the state of the instance.
    State {
        /// Its size.
        bytes: u64,
    },
    /// Address space for the guard region of a memory.
    Guard {
        /// The position of the memory among those that the module defines.
        memory: usize,
    },
    /// The minimum of a memory.
    Memory {
        /// The position of the memory among those that the module defines.
        memory: usize,
        /// Its minimum.
        bytes: u64,
    },
    /// Address space for the maximum of a shared memory.
    Shared {
        /// Which memory of the module.
        memory: usize,
        /// Its maximum.
        bytes: u64,
    },
    /// The minimum of a table.
    Table {
        /// The minimum.
        elements: u64,
    },
}

/// Makes an instance of `module`, whose functions run on `stack`. Imports, segments that need evaluation, and the start
/// function are left to the caller.
///
/// # Errors
/// The system refuses what the instance needs.
///
/// # Safety
/// The compiler wrote the records. In static mode this is the first instance, and so it is unless the image is
/// [`Image::Kept`].
pub(crate) unsafe fn create(module: &'static Module, image: Image, stack: &Stack) -> Result<*mut Instance, Refusal> {
    // SAFETY: the template is as long as an instance, and the offsets in the records lie inside it.
    unsafe {
        let instance = match module.copy_template {
            Some(copy) => copy(module),
            None => module.template.start.cast_mut().cast::<Instance>(),
        };
        if instance.is_null() {
            return Err(Refusal::State { bytes: module.template.length as u64 });
        }
        let wasi_memory = match module.wasi_memory_offset {
            u64::MAX => null_mut(),
            offset => instance.byte_add(offset as usize).cast(),
        };
        let stack_limit = stack.range().start + STACK_RED_ZONE;
        instance.write(Instance { module, stack_limit, wasi_memory, previous: null_mut() });
        for (number, plan) in module.memories.get().iter().enumerate() {
            let place = instance.byte_add(plan.instance_offset as usize).cast::<Memory>();
            memory::create(plan, image, place).map_err(|refusal| match refusal {
                memory::Refusal::Reservation => Refusal::Guard { memory: number },
                memory::Refusal::Maximum => Refusal::Shared { memory: number, bytes: plan.maximum },
                memory::Refusal::Minimum => Refusal::Memory { memory: number, bytes: plan.minimum },
            })?;
        }
        if let Some(plan) = module.make_tables.and_then(|make| make(module, instance).as_ref()) {
            return Err(Refusal::Table { elements: plan.minimum });
        }
        publish(instance);
        Ok(instance)
    }
}

/// The `CopyTemplate`.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_copy_template(module: *const Module) -> *mut Instance {
    // SAFETY: the compiler wrote the record; the memory is as long as the template, and the function references are inside it.
    unsafe {
        let (module, template) = (&*module, (*module).template);
        let instance = whole_pages(template.length as u64).and_then(|length| mapping::allocate(0, length));
        let Some(instance) = instance else { return null_mut() };
        instance.copy_from_nonoverlapping(template.start, template.length);
        let instance: *mut Instance = instance.cast();
        let funcrefs = instance.byte_add(module.funcrefs_offset as usize).cast::<FuncRef>();
        for position in 0..module.funcrefs_count as usize {
            (*funcrefs.add(position)).instance = instance;
        }
        instance
    }
}

/// Adds a complete instance to the list.
unsafe fn publish(instance: *mut Instance) {
    let mut newest = NEWEST.load(Ordering::Relaxed);
    loop {
        // SAFETY: only this thread knows of the instance yet.
        unsafe { (*instance).previous = newest };
        match NEWEST.compare_exchange_weak(newest, instance, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(other) => newest = other,
        }
    }
}

/// Ends the program: it cannot have its instance.
#[cold]
pub(crate) fn fail(refusal: &Refusal) -> ! {
    start::fail(|message| refusal.explain(message))
}

impl Refusal {
    /// Says what it is, and what can be done about it.
    pub(crate) fn explain(&self, message: &mut Message) {
        match *self {
            Refusal::State { bytes } => {
                message.text("cannot allocate the instance: ").decimal(bytes).text(" bytes");
            }
            Refusal::Guard { memory } => {
                message
                    .text("cannot reserve 8 GiB of address space for memory ")
                    .decimal(memory as u64)
                    .text("; raise the limit (ulimit -v), or build the program with --memory-checks=explicit");
            }
            Refusal::Memory { memory, bytes } => {
                message
                    .text("cannot allocate memory ")
                    .decimal(memory as u64)
                    .text(": its minimum is ")
                    .decimal(bytes)
                    .text(" bytes");
            }
            Refusal::Shared { memory, bytes } => {
                message
                    .text("cannot reserve shared memory ")
                    .decimal(memory as u64)
                    .text(": its maximum is ")
                    .decimal(bytes)
                    .text(" bytes (ulimit -v)");
            }
            Refusal::Table { elements } => {
                message.text("cannot allocate a table of ").decimal(elements).text(" elements");
            }
        }
    }
}

/// All complete instances, the newest first.
pub(crate) fn all() -> impl Iterator<Item = NonNull<Instance>> {
    let newest = NonNull::new(NEWEST.load(Ordering::Acquire));
    // SAFETY: instances in the list are complete, and stay.
    iter::successors(newest, |instance| NonNull::new(unsafe { (*instance.as_ptr()).previous }))
}

/// The module whose machine code `pc` lies in, and the offset of `pc` there.
pub(crate) fn code_at(pc: usize) -> Option<(&'static Module, u32)> {
    all().find_map(|instance| {
        // SAFETY: the compiler wrote the record, and it never changes.
        let module = unsafe { &*(*instance.as_ptr()).module };
        let offset = pc.checked_sub(module.code.start.addr())?;
        (offset < module.code.length).then_some((module, offset as u32))
    })
}

/// Whether `address` lies in a guarded memory, its guard region, or right before it.
pub(crate) fn is_guarded(address: usize) -> bool {
    // SAFETY: instances in the list are complete; the offsets in the records lie inside them.
    all().any(|instance| unsafe {
        (*instance.as_ref().module).memories.get().iter().any(|plan| {
            let memory = instance.byte_add(plan.instance_offset as usize).cast::<Memory>().as_ref();
            let start = memory.base.addr().wrapping_sub(CLEARANCE_BELOW as usize);
            let offset = address.wrapping_sub(start) as u64;
            memory.flags & MEMORY_GUARDED != 0 && offset < CLEARANCE_BELOW + memory.reserved
        })
    })
}
