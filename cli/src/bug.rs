//! Turns a panic anywhere in the process into the message a person can act on.

use crate::failure::{Failure, Status};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind};
use std::sync::{Mutex, PoisonError};

/// What the first panic said and where, kept until the main thread has unwound.
static FIRST_PANIC: Mutex<Option<String>> = Mutex::new(None);

/// Runs `command`. A panic in it, on whatever thread, becomes a [`Status::Bug`]; unwinding has by
/// then removed every temporary file. Where the compiler caught the panic itself, to tell which
/// function it had in hand, we still know the place in the source.
pub(crate) fn guard(command: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    std::panic::set_hook(Box::new(|info| record(&describe(info))));
    let result = catch_unwind(AssertUnwindSafe(command));
    let what = FIRST_PANIC.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (result, what) {
        (Ok(Err(failure)), Some(what)) if failure.is_bug() => Err(failure.hint(format!("it panicked {what}"))),
        (Ok(result), _) => result,
        (Err(_), what) => Err(Failure::new(
            Status::Bug,
            format!(
                "internal error {}\n\
                 This is a bug in wasmc. Please report it with the module, at the address `wasmc --help` names.",
                what.unwrap_or_else(|| "of unknown origin".to_owned())
            ),
        )),
    }
}

fn record(what: &str) {
    let mut first = FIRST_PANIC.lock().unwrap_or_else(PoisonError::into_inner);
    first.get_or_insert_with(|| what.to_owned());
}

/// `at FILE:LINE on thread NAME: MESSAGE`, and a backtrace when `RUST_BACKTRACE` asks for one.
fn describe(info: &PanicHookInfo<'_>) -> String {
    use std::backtrace::{Backtrace, BacktraceStatus};
    let message = info.payload_as_str().unwrap_or("no message");
    let mut what = match info.location() {
        Some(location) => format!("at {}:{}: {message}", location.file(), location.line()),
        None => format!("at an unknown place: {message}"),
    };
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        what.push_str(&format!("\n{backtrace}"));
    }
    what
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_on_any_thread_is_our_bug() {
        let hook = std::panic::take_hook();
        let result = guard(|| {
            std::thread::scope(|scope| scope.spawn(|| panic!("lost the thread")).join()).unwrap_or_else(|panic| {
                std::panic::resume_unwind(panic);
            })
        });
        std::panic::set_hook(hook);
        let failure = format!("{:?}", result.expect_err("a failure"));
        assert!(failure.contains("status: Bug") && failure.contains("lost the thread"), "{failure}");
        assert!(failure.contains("bug.rs"), "{failure}");
    }
}
