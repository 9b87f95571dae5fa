//! Threads: the one that runs this, and new ones, which have nothing of a C library's.

use super::mapping;
use super::process::rustix_runtime::exit_thread;
use super::processor;
use super::signals::{self, HANDLER_STACK_SIZE};
use crate::sys::stack::{self, Stack};
use core::ops::Range;
use core::sync::atomic::{AtomicU32, Ordering};
use rustix::thread::futex;

/// Lets another thread run that waits for the processor.
pub(crate) fn give_way() {
    rustix::thread::sched_yield();
}

/// Bytes of memory below a stack: handlers have stacks of their own.
pub(in crate::sys) fn landing() -> usize {
    0
}

/// Goes on with `function` on `stack`.
///
/// # Safety
/// The stack is mapped, and nothing is on it.
pub(in crate::sys) unsafe fn continue_on(stack: Range<usize>, function: extern "C" fn() -> !) -> ! {
    // SAFETY: the top of a mapped stack, at a multiple of the page size.
    unsafe { processor::call_on_stack(stack.end, function) }
}

/// A thread after the first.
pub(crate) struct Thread {
    stack: Stack,
    /// 1 until the thread has ended.
    running: AtomicU32,
}

/// What a new thread finds: one mapping, which stays for good.
#[repr(C)]
struct Block<F> {
    handler_stack: [u8; HANDLER_STACK_SIZE],
    thread: Thread,
    work: F,
}

/// Starts a thread that does `work`, on a stack of `size` bytes that ends at `top`, or anywhere when
/// that is 0. `None` when the system does not allow it, or has no memory there. Its stack stays
/// mapped: generated code may be bound to it.
///
/// # Safety
/// What `work` refers to may be used by the new thread at the same time as by this one.
pub(crate) unsafe fn start<F>(top: usize, size: usize, work: F) -> Option<&'static Thread>
where
    F: FnOnce(&'static Stack) + 'static,
{
    /// `CLONE_*` of `linux/sched.h`: the same memory, directories, files, signal handlers, process
    /// and undo list of semaphores; the kernel clears a word when the thread has ended.
    const FLAGS: usize = 0x100 | 0x200 | 0x400 | 0x800 | 0x1_0000 | 0x4_0000 | 0x20_0000;

    let block: *mut Block<F> = mapping::allocate(0, mapping::whole_pages(size_of::<Block<F>>() as u64)?)?.cast();
    // SAFETY: the mapping is large enough, and nobody else's.
    let thread = unsafe {
        let thread = &raw mut (*block).thread;
        thread.write(Thread { stack: Stack::new(), running: AtomicU32::new(1) });
        (&raw mut (*block).work).write(work);
        &*thread
    };
    if !thread.stack.map(top, size) {
        // SAFETY: nothing has been started that could refer to it.
        unsafe { mapping::release(block.cast(), mapping::whole_pages(size_of::<Block<F>>() as u64)?) };
        return None;
    }
    stack::add(&thread.stack);
    // SAFETY: the stack is new.
    let number =
        unsafe { processor::clone(FLAGS, thread.stack.range().end, thread.running.as_ptr(), begin::<F>, block) };
    (number > 0).then_some(thread)
}

/// The first function of a thread.
extern "C" fn begin<F>(block: *mut Block<F>) -> !
where
    F: FnOnce(&'static Stack) + 'static,
{
    // SAFETY: `start` has filled in the block; only this thread takes the work out of it.
    unsafe {
        signals::handle_on((&raw mut (*block).handler_stack).cast());
        let thread = &raw const (*block).thread;
        (&raw const (*block).work).read()(&(*thread).stack);
        exit_thread(0)
    }
}

impl Thread {
    /// Comes back when the thread has ended.
    pub(crate) fn wait(&self) {
        while self.running.load(Ordering::Acquire) != 0 {
            // Comes back early when a signal arrives, or when the word has changed already.
            let _ = futex::wait(&self.running, futex::Flags::empty(), 1, None);
        }
        // The kernel wakes one who waits, and each of them the next one.
        let _ = futex::wake(&self.running, futex::Flags::empty(), 1);
    }
}
