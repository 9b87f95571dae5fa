//! Where code comes from, as the module's producer says, and as native debuggers want to be told.
//!
//! A place in a module is an offset in its bytes, as everywhere in wasmc. DWARF in WebAssembly counts from the contents of
//! the code section (<https://yurydelendik.github.io/webassembly-dwarf/>).

mod dwarf;
mod source_lines;

pub use source_lines::{SourceLines, SourcePosition};
