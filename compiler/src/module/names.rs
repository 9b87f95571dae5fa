//! The name section (WebAssembly core specification, appendix "Custom Sections").

use super::{FuncIndex, LocalIndex};
use std::collections::HashMap;

/// What the name section calls things. A module without one, or with a damaged one, has no names.
#[derive(Debug, Default)]
pub struct Names<'a> {
    /// The module.
    pub module: Option<&'a str>,
    /// Functions.
    pub functions: HashMap<FuncIndex, &'a str>,
    /// Locals of functions.
    pub locals: HashMap<(FuncIndex, LocalIndex), &'a str>,
}
