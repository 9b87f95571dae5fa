//! Threads: the one that runs this, and new ones.
//!
//! A thread that the system makes has a stack of the system's; WebAssembly frames are on one of ours, which the thread goes
//! to and comes back from.

use crate::sys::stack::{self, Stack};
use crate::sys::thread::{call_on, spawn};
use crate::sys::{futex, mapping};
use core::ffi::c_void;
use core::ops::Range;
use core::sync::atomic::{AtomicU32, Ordering};

/// Goes on with `function` on `stack`.
///
/// # Safety
/// The stack is mapped, and nothing is on it.
pub(in crate::sys) unsafe fn continue_on(stack: Range<usize>, function: extern "C" fn() -> !) -> ! {
    unsafe extern "C" fn call(function: *mut c_void) {
        // SAFETY: the address that is passed below.
        unsafe { core::mem::transmute::<*mut c_void, extern "C" fn() -> !>(function)() }
    }
    // SAFETY: the caller vouches for the stack.
    unsafe { call_on(&stack, call, function as *mut c_void) };
    crate::sys::process::exit(crate::abi::TRAP_EXIT_STATUS)
}

/// A thread after the first.
pub(crate) struct Thread {
    stack: Stack,
    /// 1 until the thread has ended.
    running: AtomicU32,
}

/// What a new thread calls, with the address of what it finds.
pub(in crate::sys) type Begin = unsafe fn(block: *mut c_void);

/// What a new thread finds: one mapping, which stays for good.
#[repr(C)]
struct Block<F> {
    begin: Begin,
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
    let length = mapping::whole_pages(size_of::<Block<F>>() as u64)?;
    let block: *mut Block<F> = mapping::allocate(0, length)?.cast();
    let thread = Thread { stack: Stack::new(), running: AtomicU32::new(1) };
    // SAFETY: the mapping is large enough, and nobody else's.
    let thread = unsafe {
        block.write(Block { begin: begin::<F>, thread, work });
        &(*block).thread
    };
    if !thread.stack.map(top, size) {
        // SAFETY: nothing has been started that could refer to it.
        unsafe { mapping::release(block.cast(), length) };
        return None;
    }
    stack::add(&thread.stack);
    // SAFETY: the block stays, and begins as it is asked for.
    unsafe { spawn(block.cast()) }.then_some(thread)
}

/// What a thread does.
unsafe fn begin<F>(block: *mut c_void)
where
    F: FnOnce(&'static Stack) + 'static,
{
    unsafe extern "C" fn call<F: FnOnce(&'static Stack) + 'static>(block: *mut c_void) {
        let block: *mut Block<F> = block.cast();
        // SAFETY: `start` has filled in the block; only this thread takes the work out of it.
        unsafe { (&raw const (*block).work).read()(&(*block).thread.stack) }
    }
    // SAFETY: as above; the stack is mapped and empty.
    unsafe {
        let thread = &(*block.cast::<Block<F>>()).thread;
        call_on(&thread.stack.range(), call::<F>, block);
        thread.running.store(0, Ordering::Release);
        futex::wake_one(&thread.running);
    }
}

impl Thread {
    /// Comes back when the thread has ended.
    pub(crate) fn wait(&self) {
        while self.running.load(Ordering::Acquire) != 0 {
            futex::wait(&self.running, 1, None);
        }
        // One who waits was woken; each of them wakes the next one.
        futex::wake_one(&self.running);
    }
}
