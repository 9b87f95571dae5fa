//! Random modules do in an executable of wasmc's what they do in an interpreter.
//!
//! Bytes become a [`Subject`]: one or two modules (`wasm-smith`), or one of our own making about what lies side by side. The interpreter (`wasmi`) instantiates them and calls
//! every function; all that can be seen of it becomes the directives of a test script: results, traps, globals, and a
//! digest of each memory and table. Many subjects make one script, wasmc makes an executable of it, and every directive
//! has to pass.
//!
//! The interpreter does not know all that wasmc compiles. So wasmc and it get two modules that do the same:
//! ```text
//!             ┌─ references ─→ what wasmc gets: calls through typed references
//! bytes ─→ tame
//!             └─ model ──────→ what the interpreter gets: no atomic operators, no relaxed ones
//! ```

mod atomic;
mod batch;
mod generate;
mod inspector;
mod interpreter;
mod model;
mod neighbours;
mod part;
mod references;
mod relax;
mod rewrite;
mod subject;
mod tame;
mod transcript;
mod values;

pub use batch::{Batch, Difference};
pub use generate::{Purpose, generate};
pub use subject::Subject;
pub use transcript::Ran;
pub use values::Random;
