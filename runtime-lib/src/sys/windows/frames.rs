//! Where generated code called the runtime.

/// Whether frames of the runtime are a chain, as those of generated code.
pub(crate) const ARE_CHAINED: bool = cfg!(target_arch = "aarch64");

/// The place of the call, and the frame pointer there. Frames of the runtime's own are no chain: rustc lays the frame pointer
/// into the middle of a frame here. So the system is asked to find the callers, by the tables that every function has.
#[cfg(target_arch = "x86_64")]
pub(crate) fn caller() -> (Option<usize>, usize) {
    use crate::instance;
    use core::mem::MaybeUninit;
    use core::ptr::null_mut;
    use windows_sys::Win32::System::Diagnostics::Debug::{
        CONTEXT, RtlCaptureContext, RtlLookupFunctionEntry, RtlVirtualUnwind, UNW_FLAG_NHANDLER,
    };

    /// More frames than the runtime ever has.
    const MOST: usize = 64;
    let mut context = MaybeUninit::<CONTEXT>::uninit();
    // SAFETY: the system fills in the record, and finds in its own tables what it asks for.
    unsafe {
        RtlCaptureContext(context.as_mut_ptr());
        let context = context.assume_init_mut();
        for _ in 0..MOST {
            // A return address is behind the call, perhaps at the start of the next function.
            let pc = (context.Rip as usize).wrapping_sub(1);
            if instance::code_at(pc).is_some() {
                return (Some(pc), context.Rbp as usize);
            }
            let mut base = 0;
            let entry = RtlLookupFunctionEntry(context.Rip, &mut base, null_mut());
            if entry.is_null() {
                break;
            }
            let (mut data, mut frame) = (null_mut(), 0);
            let pc = context.Rip;
            RtlVirtualUnwind(UNW_FLAG_NHANDLER, base, pc, entry, context, &mut data, &mut frame, null_mut());
        }
    }
    (None, 0)
}

/// The frame pointer from which a walk leads there.
#[cfg(target_arch = "aarch64")]
#[inline(always)]
pub(crate) fn caller() -> (Option<usize>, usize) {
    (None, crate::sys::frame_pointer())
}
