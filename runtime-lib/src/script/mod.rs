//! Runs a test script: the commands of [`crate::abi::script`] in their order, with a line on standard
//! output for each.
//!
//! `run` is the way in. `performer` does what a command says, `pattern` says whether the values that
//! came are those that the script expects, and `report` writes the line.

mod pattern;
#[cfg(feature = "archive")]
mod performer;
#[cfg(feature = "archive")]
mod places;
#[cfg(feature = "archive")]
mod report;
#[cfg(feature = "archive")]
mod run;
#[cfg(feature = "archive")]
mod values;
