//! The thread among others.

/// Lets another thread run that waits for the processor.
pub(crate) fn give_way() {
    rustix::thread::sched_yield();
}
