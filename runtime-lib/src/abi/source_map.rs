//! What backtraces say of source files, where the module does.

use super::{CodeMap, Slice};
use core::ffi::c_void;

/// The source positions of a module's code.
#[derive(Debug)]
#[repr(C)]
pub struct SourceMap {
    /// Adds a position to a message: the symbol [`SHOW_SOURCE_SYMBOL`]. A reference from the record, so that programs without
    /// positions do not link it.
    pub show: ShowSource,
    /// For each function of the code map, where its positions start in `positions`; one more at the end.
    pub position_offsets: Slice<u32>,
    /// A position for each entry of the code map, as [`crate::code_map::positions`] describes.
    pub positions: Slice<u8>,
    /// Where the path of each file starts in `files`; one more at the end.
    pub file_offsets: Slice<u32>,
    /// All paths as messages show them, UTF-8, one after the other.
    pub files: Slice<u8>,
}

/// Adds to a message of the runtime where the entry of `function` at `code_offset` comes from. The entry is in `code`, which
/// has positions.
pub type ShowSource =
    unsafe extern "C" fn(code: *const CodeMap, function: usize, code_offset: u32, message: *mut c_void);

/// The [`ShowSource`].
pub const SHOW_SOURCE_SYMBOL: &str = "wasmc_show_source";
