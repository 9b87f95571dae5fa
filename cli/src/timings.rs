//! `--print timings`: the time and the peak memory of each stage.

use crate::memory;
use crate::table::{Align, columns};
use crate::units::{count, format_size};
use serde_json::{Value, json};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A clock for a build.
#[derive(Debug)]
pub(crate) struct Timings {
    start: Instant,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// The stage under way.
    current: Option<(&'static str, Instant)>,
    finished: Vec<Record>,
    /// How many functions the cache had, of how many.
    reused: Option<(usize, usize)>,
    /// Whether each peak is the stage's own; otherwise it is the largest so far.
    peaks_are_own: bool,
}

/// A stage that is over.
#[derive(Clone, Copy, Debug)]
struct Record {
    stage: &'static str,
    time: Duration,
    /// Bytes, where the system tells.
    peak: Option<u64>,
}

impl Timings {
    /// A clock that runs from now on.
    pub(crate) fn start() -> Timings {
        let state = State { current: None, finished: Vec::new(), reused: None, peaks_are_own: true };
        Timings { start: Instant::now(), state: Mutex::new(state) }
    }

    /// `stage` begins.
    pub(crate) fn begin(&self, stage: &'static str) {
        let mut state = self.state();
        state.peaks_are_own &= memory::reset_peak();
        state.current = Some((stage, Instant::now()));
    }

    /// The stage under way ends.
    pub(crate) fn end(&self) {
        let mut state = self.state();
        if let Some((stage, start)) = state.current.take() {
            state.finished.push(Record { stage, time: start.elapsed(), peak: memory::peak() });
        }
    }

    /// The cache had `found` of `total` functions.
    pub(crate) fn reused(&self, found: usize, total: usize) {
        self.state().reused = Some((found, total));
    }

    /// A table for people.
    pub(crate) fn table(&self) -> String {
        let state = self.state();
        let peak_title = if state.peaks_are_own { "peak memory" } else { "peak memory so far" };
        let mut rows = vec![["stage", "time", peak_title].map(str::to_owned)];
        let total = self.total(&state);
        rows.extend(state.finished.iter().chain([&total]).map(|record| {
            let peak = record.peak.map_or_else(|| "unknown".to_owned(), format_size);
            [record.stage.to_owned(), format!("{:.1} ms", record.time.as_secs_f64() * 1000.0), peak]
        }));
        let mut text = columns(0, [Align::Left, Align::Right, Align::Right], &rows);
        if let Some((found, total)) = state.reused {
            text.push_str(&format!("{found} of {} from the cache\n", count(total, "function")));
        }
        text
    }

    /// An object for scripts: times in seconds, memory in bytes.
    pub(crate) fn json(&self) -> Value {
        let state = self.state();
        let describe = |record: &Record| {
            json!({
                "stage": record.stage,
                "seconds": record.time.as_secs_f64(),
                "peak_bytes": record.peak,
            })
        };
        json!({
            "stages": state.finished.iter().map(describe).collect::<Vec<_>>(),
            "total": describe(&self.total(&state)),
            "peaks_are_per_stage": state.peaks_are_own,
            "functions": state.reused.map(|(found, total)| json!({ "total": total, "from_cache": found })),
        })
    }

    fn total(&self, state: &State) -> Record {
        let peak = state.finished.iter().filter_map(|record| record.peak).max();
        Record { stage: "total", time: self.start.elapsed(), peak }
    }

    /// A panic while the lock was held cannot leave the records half written.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
