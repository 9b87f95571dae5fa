//! Where generated code called the runtime.

/// Whether frames of the runtime are a chain, as those of generated code.
pub(crate) const ARE_CHAINED: bool = true;

/// The place of the call, if that is known, and the frame pointer from which a walk leads there: the frames of the runtime
/// are a chain, as those of generated code.
#[inline(always)]
pub(crate) fn caller() -> (Option<usize>, usize) {
    (None, crate::sys::frame_pointer())
}
