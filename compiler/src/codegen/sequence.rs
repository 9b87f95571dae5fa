//! Runs jobs on all workers and hands over their results in order.

use crate::error::Error;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Runs `job` for each index below `count`, each worker with a state of its own from `state`, and
/// calls `consume` with the results in ascending order, as soon as their turn comes. A result waits
/// only for the jobs before it, so few are held at a time.
///
/// # Errors
/// The error of the lowest index that failed; nothing after it is consumed.
pub(super) fn in_order<S, T: Send>(
    count: usize,
    state: impl Fn() -> S + Sync,
    job: impl Fn(&mut S, usize) -> Result<T, Error> + Sync,
    consume: impl FnMut(usize, T) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let next_job = AtomicUsize::new(0);
    let queue = Mutex::new(Queue { next: 0, waiting: BTreeMap::new(), failure: None, consume });
    rayon::broadcast(|_| {
        let mut state = state();
        loop {
            let index = next_job.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return;
            }
            let result = job(&mut state, index);
            let has_failed = match queue.lock() {
                Ok(mut queue) => queue.put(index, result),
                Err(_) => true,
            };
            if has_failed {
                return;
            }
        }
    });
    match queue.into_inner() {
        Ok(queue) => queue.failure.map_or(Ok(()), Err),
        Err(_) => Err(Error::bug("a worker thread", "it panicked while handing over a function")),
    }
}

struct Queue<T, F> {
    next: usize,
    waiting: BTreeMap<usize, Result<T, Error>>,
    failure: Option<Error>,
    consume: F,
}

impl<T, F: FnMut(usize, T) -> Result<(), Error>> Queue<T, F> {
    /// Takes a result and passes on all whose turn has come; tells whether one of those was a failure.
    fn put(&mut self, index: usize, result: Result<T, Error>) -> bool {
        self.waiting.insert(index, result);
        while self.failure.is_none() {
            let Some(result) = self.waiting.remove(&self.next) else { break };
            let consumed = result.and_then(|value| (self.consume)(self.next, value));
            self.next += 1;
            self.failure = consumed.err();
        }
        self.failure.is_some()
    }
}
