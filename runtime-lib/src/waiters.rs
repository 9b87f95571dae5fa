//! Threads that wait at an address until another one notifies them.
//!
//! The kernel's own queues compare 32 bits at most, so that these are queues of our own: an address belongs to one of
//! them, whose lock makes comparing a value and joining the queue one step, as the specification asks. A waiter lies
//! on its thread's stack; whoever takes it off its queue has seen the last of it when the lock is free again.

use crate::lock::Lock;
use crate::sys::futex::{self, Deadline};
use core::cell::UnsafeCell;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicU32, Ordering};

/// How waiting ended, in the numbers of `memory.atomic.wait`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Outcome {
    /// Another thread notified this one.
    Woken = 0,
    /// The value was another one, and the thread did not wait.
    NotEqual = 1,
    /// Nobody did before the deadline.
    TimedOut = 2,
}

/// How many queues there are; addresses far apart rarely share one.
const QUEUES: usize = 64;

static TABLE: [Queue; QUEUES] = [const { Queue::new() }; QUEUES];

/// Those who wait at some of the addresses, the longest waiting first.
struct Queue {
    lock: Lock,
    first: UnsafeCell<*mut Waiter>,
}

// SAFETY: the list is only touched while the lock is held.
unsafe impl Sync for Queue {}

/// A thread that waits.
struct Waiter {
    address: usize,
    next: *mut Waiter,
    /// 1 once it is notified.
    woken: AtomicU32,
}

/// Waits at `address` if `is_equal` finds the expected value there, until `deadline` or without end.
pub(crate) fn wait(address: usize, is_equal: impl FnOnce() -> bool, deadline: Option<Deadline>) -> Outcome {
    let queue = queue_of(address);
    let waiter = UnsafeCell::new(Waiter { address, next: null_mut(), woken: AtomicU32::new(0) });
    let waits = queue.lock.hold(|| {
        let is_equal = is_equal();
        if is_equal {
            // SAFETY: the lock is held, and the waiter stays until it is off the queue.
            unsafe { queue.append(waiter.get()) };
        }
        is_equal
    });
    if !waits {
        return Outcome::NotEqual;
    }
    // SAFETY: this word is all of it that is used without the lock.
    let woken = unsafe { &(*waiter.get()).woken };
    while woken.load(Ordering::Acquire) == 0 && futex::wait(woken, 0, deadline.as_ref()) {}
    // SAFETY: the lock is held. Whoever notified this thread has let go of the waiter when the lock is free.
    let timed_out = queue.lock.hold(|| unsafe { queue.remove(waiter.get()) });
    if timed_out { Outcome::TimedOut } else { Outcome::Woken }
}

/// Wakes up to `count` threads that wait at `address`, those that waited longest; gives how many.
pub(crate) fn notify(address: usize, count: u32) -> u32 {
    let queue = queue_of(address);
    // SAFETY: the lock is held.
    queue.lock.hold(|| unsafe { queue.notify(address, count) })
}

fn queue_of(address: usize) -> &'static Queue {
    // The lowest bits are the same in all addresses, and neighbours in a structure differ in the next.
    &TABLE[(address >> 2) % QUEUES]
}

impl Queue {
    const fn new() -> Queue {
        Queue { lock: Lock::new(), first: UnsafeCell::new(null_mut()) }
    }

    /// Puts a waiter at the end.
    unsafe fn append(&self, waiter: *mut Waiter) {
        let mut link = self.first.get();
        // SAFETY: the caller holds the lock, so every waiter in the list is there.
        unsafe {
            while !(*link).is_null() {
                link = &raw mut (**link).next;
            }
            *link = waiter;
        }
    }

    /// Takes a waiter off; gives whether it was still there.
    unsafe fn remove(&self, waiter: *mut Waiter) -> bool {
        let mut link = self.first.get();
        // SAFETY: the caller holds the lock, so every waiter in the list is there.
        unsafe {
            while !(*link).is_null() {
                if *link == waiter {
                    *link = (*waiter).next;
                    return true;
                }
                link = &raw mut (**link).next;
            }
        }
        false
    }

    /// Takes off and wakes up to `count` of those who wait at `address`.
    unsafe fn notify(&self, address: usize, count: u32) -> u32 {
        let mut woken = 0;
        let mut link = self.first.get();
        // SAFETY: the caller holds the lock, so every waiter in the list is there.
        unsafe {
            while woken < count && !(*link).is_null() {
                let waiter = *link;
                if (*waiter).address != address {
                    link = &raw mut (*waiter).next;
                    continue;
                }
                *link = (*waiter).next;
                (*waiter).woken.store(1, Ordering::Release);
                futex::wake_one(&(*waiter).woken);
                woken += 1;
            }
        }
        woken
    }
}
