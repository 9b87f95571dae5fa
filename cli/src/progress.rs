//! A progress bar for builds that take a while.
//!
//! Compiling threads only store two numbers; a thread of our own wakes up now and then and draws.
//! It draws nothing for the first half second, so a fast build shows no bar at all.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// A build that is over sooner than this needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar moves.
const INTERVAL: Duration = Duration::from_millis(100);

/// For stages that cannot say how far they are.
const SPINNER: &str = "{spinner} {msg}";
/// For stages that count.
const COUNTER: &str = "{spinner} {msg} [{bar:30}] {human_pos}/{human_len} {prefix}";

/// What a stage counts.
fn counted(stage: &str) -> Option<&'static str> {
    match stage {
        "codegen" => Some("functions"),
        "test" => Some("scripts"),
        _ => None,
    }
}

/// The bar. It disappears when this is dropped.
pub(crate) struct Progress {
    shared: Arc<Shared>,
    painter: Option<JoinHandle<()>>,
}

/// What the build tells the painter.
#[derive(Default)]
struct Shared {
    stage: Mutex<Stage>,
    changed: Condvar,
    done: AtomicUsize,
    total: AtomicUsize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Under way; no name before the first has begun.
    Named(&'static str),
    /// The build is over.
    Over,
}

impl Default for Stage {
    fn default() -> Stage {
        Stage::Named("")
    }
}

impl Progress {
    /// A bar on standard error, if that is a terminal.
    pub(crate) fn start() -> Option<Progress> {
        if !std::io::stderr().is_terminal() {
            return None;
        }
        let shared = Arc::new(Shared::default());
        let painter = std::thread::Builder::new().name("progress".to_owned()).spawn({
            let shared = Arc::clone(&shared);
            move || paint(&shared)
        });
        // Without the thread there is no bar, which is no reason not to build.
        painter.ok().map(|painter| Progress { shared, painter: Some(painter) })
    }

    /// `stage` begins.
    pub(crate) fn stage(&self, stage: &'static str) {
        *self.shared.lock() = Stage::Named(stage);
    }

    /// `done` of `total` of what the stage counts are done. Called from many threads, for each.
    pub(crate) fn count(&self, done: usize, total: usize) {
        self.shared.done.fetch_max(done, Relaxed);
        self.shared.total.store(total, Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.shared.lock() = Stage::Over;
        self.shared.changed.notify_all();
        if let Some(painter) = self.painter.take() {
            let _ = painter.join();
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Stage> {
        self.stage.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The stage `time` from now; at once when the build is over.
    fn stage_after(&self, time: Duration) -> Stage {
        let result = self.changed.wait_timeout_while(self.lock(), time, |stage| *stage != Stage::Over);
        *result.unwrap_or_else(PoisonError::into_inner).0
    }
}

fn paint(shared: &Shared) {
    if shared.stage_after(PATIENCE) == Stage::Over {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr()).with_style(style(SPINNER));
    while let Stage::Named(stage) = shared.stage_after(INTERVAL) {
        bar.set_message(stage);
        let total = shared.total.load(Relaxed) as u64;
        if let Some(unit) = counted(stage).filter(|_| total > 0) {
            if bar.length() != Some(total) {
                bar.set_prefix(unit);
                bar.set_length(total);
                bar.set_style(style(COUNTER));
            }
            bar.set_position(shared.done.load(Relaxed) as u64);
        } else if bar.length().is_some() {
            bar.unset_length();
            bar.set_style(style(SPINNER));
        }
        bar.tick();
    }
    bar.finish_and_clear();
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_valid() {
        for template in [SPINNER, COUNTER] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }
}
