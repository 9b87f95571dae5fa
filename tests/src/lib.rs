//! What the behaviour tests share: cases, the modes they are built in, and processes with limits.
//!
//! `docs/testing.md` says what each folder beside this one proves, and how to add to it.

mod case;
pub mod differential;
mod guest;
mod links;
mod mode;
mod not_run;
mod process;
mod program;
pub mod property;
mod suite;
mod target;
mod wasmc;

pub use case::{Build, Case, Run};
pub use guest::check_guest;
pub use links::{Point, link, runner};
pub use mode::Mode;
pub use not_run::not_run;
pub use process::{Ended, Limits, run};
pub use program::{Program, build};
pub use suite::{check, read_cases, trials_of};
pub use target::{
    Runner, emulator, foreign_targets, has_runner, processor_with_vectors, usual_options, usual_target, wine_command,
};
pub use wasmc::{Verdict, Wasmc};
pub use wasmc_guests::{output, spawn};
