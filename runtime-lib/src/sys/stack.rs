//! The stacks that WebAssembly frames are on: mappings of their own, because their size is the
//! program's and their addresses may have to be ones that generated code compares with.

use super::{mapping, thread};
use crate::abi::STACK_CLEARANCE;
use core::iter;
use core::ops::Range;
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// The stack of a thread. It stays for good.
pub(crate) struct Stack {
    bottom: AtomicUsize,
    top: AtomicUsize,
    /// The stack pointer to go on with after a trap, or 0.
    recovery_point: AtomicUsize,
    /// The stack of another thread.
    next: AtomicPtr<Stack>,
}

static FIRST: Stack = Stack::new();

impl Stack {
    /// No stack yet.
    pub(in crate::sys) const fn new() -> Stack {
        Stack {
            bottom: AtomicUsize::new(0),
            top: AtomicUsize::new(0),
            recovery_point: AtomicUsize::new(0),
            next: AtomicPtr::new(null_mut()),
        }
    }

    /// Maps `size` bytes that end at `top`, or anywhere when that is 0. Gives whether it worked.
    // Most programs have one caller, and are smaller this way.
    #[inline(always)]
    pub(in crate::sys) fn map(&self, top: usize, size: usize) -> bool {
        let landing = thread::landing();
        let lowest = match top {
            // The compiler keeps a range below a stack that it places empty; here the kernel has to.
            0 => mapping::reserve(0, (STACK_CLEARANCE + landing + size) as u64).and_then(|lowest| {
                // SAFETY: inside the reservation.
                unsafe {
                    let lowest = lowest.add(STACK_CLEARANCE);
                    mapping::commit(lowest, (landing + size) as u64).then_some(lowest)
                }
            }),
            _ => mapping::allocate(top.wrapping_sub(landing + size), (landing + size) as u64),
        };
        let Some(lowest) = lowest else { return false };
        let bottom = lowest.addr() + landing;
        self.bottom.store(bottom, Ordering::Relaxed);
        self.top.store(bottom + size, Ordering::Relaxed);
        true
    }

    /// Its addresses; empty before it is mapped.
    pub(crate) fn range(&self) -> Range<usize> {
        self.bottom.load(Ordering::Relaxed)..self.top.load(Ordering::Relaxed)
    }

    /// Where to go on after a trap, for `sys::recover`.
    pub(crate) fn recovery_point(&self) -> Option<usize> {
        Some(self.recovery_point.load(Ordering::Relaxed)).filter(|point| *point != 0)
    }

    /// Where `sys::call_recoverable` notes that.
    pub(crate) fn recovery_point_place(&self) -> *mut usize {
        self.recovery_point.as_ptr()
    }

    /// Traps end the process again.
    pub(crate) fn forget_recovery_point(&self) {
        self.recovery_point.store(0, Ordering::Relaxed);
    }
}

/// Maps the stack of the first thread: `size` bytes that end at `top`, or anywhere when that is 0.
/// Gives whether it worked.
pub(crate) fn map(top: usize, size: usize) -> bool {
    FIRST.map(top, size)
}

/// Adds the stack of another thread to those that faults are looked up in.
pub(in crate::sys) fn add(stack: &'static Stack) {
    let mut next = FIRST.next.load(Ordering::Relaxed);
    loop {
        stack.next.store(next, Ordering::Relaxed);
        let address = core::ptr::from_ref(stack).cast_mut();
        match FIRST.next.compare_exchange_weak(next, address, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(other) => next = other,
        }
    }
}

/// The stack of the first thread.
pub(crate) fn first() -> &'static Stack {
    &FIRST
}

fn all() -> impl Iterator<Item = &'static Stack> {
    // SAFETY: a stack in the list is complete, and stays.
    iter::successors(Some(&FIRST), |stack| unsafe { stack.next.load(Ordering::Acquire).as_ref() })
}

/// The stack that `address` lies in.
pub(crate) fn containing(address: usize) -> Option<&'static Stack> {
    all().find(|stack| stack.range().contains(&address))
}

/// Whether an access at `address` is one of a frame that did not fit.
pub(crate) fn is_below(address: usize) -> bool {
    all().any(|stack| (1..=STACK_CLEARANCE).contains(&stack.range().start.wrapping_sub(address)))
}

/// Calls `function` on the stack of the first thread and never comes back.
///
/// # Safety
/// [`map`] gave `true`, and nothing is on the stack.
pub(crate) unsafe fn run(function: extern "C" fn() -> !) -> ! {
    // SAFETY: the top of a mapped stack, at a multiple of the page size.
    unsafe { thread::continue_on(FIRST.range(), function) }
}
