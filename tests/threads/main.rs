//! What the runtime does for shared memories, asked by many threads at once: growth, waiting and notifying.
//!
//! An executable has no way to start threads, so the runtime's own sources are compiled in here.

#![allow(dead_code, reason = "of the runtime's files, only what is for threads is called")]

mod sys;

#[path = "../../runtime-lib/src/atomic.rs"]
mod atomic;
#[path = "../../runtime-lib/src/lock.rs"]
mod lock;
#[path = "../../runtime-lib/src/memory.rs"]
mod memory;
#[path = "../../runtime-lib/src/waiters.rs"]
mod waiters;

mod growth;
mod shared;
mod waiting;

use wasmc_runtime::abi;

/// Traps, which no test here may run into.
mod trap {
    use crate::abi::TrapCode;

    pub(crate) fn raise(code: TrapCode) -> ! {
        panic!("trap: {}", code.message())
    }
}
