//! Programs with debug information, for tests of debuggers.

use crate::Error;
use crate::build::assemblyscript;
use crate::build::clang::{self, CProgram, Wasi};
use crate::build::rust::{self, RustProgram};
use std::path::{Path, PathBuf};

/// A program whose module says where its own code comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Debuggee {
    /// `sources/c/debuggee/list.c`, not optimised by clang: variables lie on the shadow stack.
    CAsWritten,
    /// The same at `-O1`: variables are locals, as far as they are left.
    COptimized,
    /// `sources/rust-debuggee`.
    Rust,
    /// `sources/assemblyscript`, which has a source map instead of DWARF.
    AssemblyScript,
}

const C_AS_WRITTEN: CProgram = list("list-O0", &["-g", "-O0"]);
const C_OPTIMIZED: CProgram = list("list-O1", &["-g", "-O1"]);
const RUST: RustProgram =
    RustProgram { name: "rust-debuggee", folder: "rust-debuggee", main: "src/main.rs", has_twin: false };

const fn list(name: &'static str, flags: &'static [&'static str]) -> CProgram {
    CProgram { name, driver: "debuggee/list.c", headers: &[], library: None, flags, wasi: Wasi::PLAIN }
}

impl Debuggee {
    /// The path of its module, which is made when it is not there yet.
    ///
    /// # Errors
    /// [`Error::Missing`] names the tool that is not installed.
    pub fn wasm(self) -> Result<PathBuf, Error> {
        match self {
            Debuggee::CAsWritten => clang::wasm(&C_AS_WRITTEN),
            Debuggee::COptimized => clang::wasm(&C_OPTIMIZED),
            Debuggee::Rust => rust::wasm(&RUST),
            Debuggee::AssemblyScript => assemblyscript::wasm_with_map(),
        }
    }

    /// The path of its source map, which goes with [`wasm`](Debuggee::wasm).
    pub fn source_map(self, wasm: &Path) -> Option<PathBuf> {
        (self == Debuggee::AssemblyScript).then(|| wasm.with_extension("wasm.map"))
    }
}
