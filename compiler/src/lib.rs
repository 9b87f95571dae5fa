//! The stages that turn a WebAssembly module into a native program; `pipeline` names them in order.
//!
//! The library never reads the command line and never prints: it takes bytes and [`Options`], tells
//! an [`Observer`] how far it is, and gives an [`Artifact`] or an [`Error`].

mod analyze;
mod codegen;
mod debuginfo;
mod dump;
mod error;
mod inspect;
mod link;
mod lower;
mod module;
mod object;
mod options;
mod parse;
mod pipeline;
mod script;
mod target;

pub use codegen::{FunctionCache, FunctionKey};
pub use debuginfo::{FIRST_LINE as FIRST_LINE_OF_TEXT, SourceLines, SourcePosition, named_files};
pub use error::{Error, ImportError, InputError, MissingImport, UnsupportedError};
pub use inspect::{
    ExternalKind, FunctionTotals, InspectedExport, InspectedImport, InspectedItem, InspectedSection, Inspection, Role,
    SegmentTotals, WasiUse, inspect,
};
pub use link::runtime::{available_targets, runtime_archive};
pub use link::system_stub;
pub use module::{Features, Module, Proposal};
pub use options::*;
pub use parse::{is_binary, parse, proposals_used, to_binary};
pub use pipeline::{Artifact, Observer, Silent, Stage, build, build_with_cache, validate};
pub use script::{Directive, DirectiveResult, Script, Verdict, build_script};
pub use target::{Architecture, ObjectFormat, OperatingSystem, Target};
