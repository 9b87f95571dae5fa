//! Tests that need something the machine does not have.

use libtest_mimic::{Completion, Failed};
use std::fmt::Display;

/// When this is set, as in continuous integration, a test that is not run fails.
const REQUIRE_ALL: &str = "WASMC_REQUIRE_ALL";

/// Ends a test that needs `missing`: it is counted as ignored, and says why.
///
/// # Errors
/// With `WASMC_REQUIRE_ALL` set, the test fails instead.
pub fn not_run(missing: impl Display) -> Result<Completion, Failed> {
    let message = format!("not run: needs {missing}");
    if std::env::var_os(REQUIRE_ALL).is_some_and(|value| !value.is_empty()) {
        return Err(format!("{message}\n{REQUIRE_ALL} is set: every test has to run").into());
    }
    Ok(Completion::ignored_with(message))
}
