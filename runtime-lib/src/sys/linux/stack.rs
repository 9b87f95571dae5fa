//! The stack that WebAssembly frames are on: a mapping of its own, because its size is the
//! program's and its address may have to be one that generated code compares with.

use super::mapping;
use super::processor;
use crate::abi::STACK_CLEARANCE;
use core::ops::Range;
use core::sync::atomic::{AtomicUsize, Ordering};

static BOTTOM: AtomicUsize = AtomicUsize::new(0);
static TOP: AtomicUsize = AtomicUsize::new(0);

/// Maps `size` bytes that end at `top`, or anywhere when that is 0. Gives whether it worked.
pub(crate) fn map(top: usize, size: usize) -> bool {
    let bottom = match top {
        // The compiler keeps a range below a stack that it places empty; here the kernel has to.
        0 => mapping::reserve(0, (STACK_CLEARANCE + size) as u64).and_then(|lowest| {
            // SAFETY: inside the reservation.
            unsafe {
                let bottom = lowest.add(STACK_CLEARANCE);
                mapping::commit(bottom, size as u64).then_some(bottom)
            }
        }),
        _ => mapping::allocate(top.wrapping_sub(size), size as u64),
    };
    let Some(bottom) = bottom else { return false };
    BOTTOM.store(bottom.addr(), Ordering::Relaxed);
    TOP.store(bottom.addr() + size, Ordering::Relaxed);
    true
}

/// The addresses of the stack; empty before [`map`].
pub(crate) fn range() -> Range<usize> {
    BOTTOM.load(Ordering::Relaxed)..TOP.load(Ordering::Relaxed)
}

/// Whether an access at `address` is one of a frame that did not fit.
pub(crate) fn is_below(address: usize) -> bool {
    let bottom = range().start;
    address < bottom && address >= bottom.saturating_sub(STACK_CLEARANCE)
}

/// Calls `function` on the stack and never comes back.
///
/// # Safety
/// [`map`] gave `true`, and nothing is on the stack.
pub(crate) unsafe fn run(function: extern "C" fn() -> !) -> ! {
    // SAFETY: the top of a mapped stack, at a multiple of the page size.
    unsafe { processor::call_on_stack(range().end, function) }
}
