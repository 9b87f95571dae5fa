//! The frames on a stack, from the frame pointers that generated code keeps, and what the code map says of each.

use crate::abi::{CodeMap, Module, SYNTHETIC_FUNCTION};
use crate::code_map::{Entry, body_and_entries};
use crate::instance;
use crate::sys;
use crate::sys::stack::{self, Stack};

/// Where a walk starts.
#[derive(Clone, Copy)]
pub(crate) struct Site {
    /// The instruction that trapped, when generated code did itself.
    pub(crate) pc: Option<usize>,
    /// The frame pointer there.
    pub(crate) frame: usize,
}

impl Site {
    /// Where generated code called the function of the runtime that this is inlined into, or one that called that.
    #[inline(always)]
    pub(crate) fn of_caller() -> Site {
        let (pc, frame) = sys::frames::caller();
        Site { pc, frame }
    }
}

/// The code of a frame.
pub(crate) struct Frame {
    /// The instruction that trapped, or the last byte of a call.
    pub(crate) pc: usize,
    /// Where that is in generated code; the runtime's has none.
    pub(crate) place: Option<Place>,
}

/// Shows `visit` all frames on the stack of the site, innermost first.
// Several want to see them; iterators would be as many copies of this.
#[inline(never)]
pub(crate) fn each(site: Site, visit: &mut dyn FnMut(Frame)) {
    let Some(stack) = stack::containing(site.frame) else { return };
    let mut walk = Walk { frame: site.frame, pc: site.pc, stack };
    let mut next = site.pc;
    loop {
        // A return address is behind the call, perhaps at the start of the next function.
        let Some(pc) = next.take().or_else(|| Some(walk.next()?.wrapping_sub(1))) else { return };
        visit(Frame { pc, place: locate(pc) });
    }
}

/// A place in generated code.
pub(crate) struct Place {
    pub(crate) module: &'static Module,
    /// Its function, as a position in the tables of the code map.
    pub(crate) function: usize,
    /// Its offset from the start of the function.
    offset: u32,
}

/// The place that `pc` points to, if it lies in generated code.
pub(crate) fn locate(pc: usize) -> Option<Place> {
    let (module, offset) = instance::code_at(pc)?;
    // SAFETY: the compiler wrote the table.
    let starts = unsafe { module.code.function_starts.get() };
    let function = starts.partition_point(|start| *start <= offset).checked_sub(1)?;
    Some(Place { module, function, offset: offset - starts.get(function)? })
}

/// What the code map knows of a place.
pub(crate) struct Known {
    /// The entry.
    pub(crate) entry: Entry,
    /// The offset of the function's body in the module's bytes.
    pub(crate) body: u32,
}

impl Place {
    /// What the code map says about it, where for a call it speaks of the last byte; or, `or_behind` it, about the first
    /// instruction that it knows.
    pub(crate) fn known(&self, or_behind: bool) -> Option<Known> {
        let code = &self.module.code;
        // SAFETY: the compiler wrote the tables.
        let (offsets, entries) = unsafe { (code.entry_offsets.get(), code.entries.get()) };
        let (body, mut entries) = body_and_entries(part(entries, offsets, self.function))?;
        let entry = entries.find(|entry| entry.code_offset >= self.offset)?;
        (or_behind || entry.code_offset == self.offset).then_some(Known { entry, body })
    }

    /// The index in the module of its function; [`SYNTHETIC_FUNCTION`] for code that the compiler added.
    pub(crate) fn function_index(&self) -> u32 {
        // SAFETY: the compiler wrote the table.
        let indices = unsafe { self.module.code.function_indices.get() };
        indices.get(self.function).copied().unwrap_or(SYNTHETIC_FUNCTION)
    }

    /// Whether a function of the module stands behind it.
    pub(crate) fn is_function(&self) -> bool {
        self.function_index() != SYNTHETIC_FUNCTION
    }

    /// What messages call the function; empty when it has no name.
    pub(crate) fn name(&self) -> &'static [u8] {
        let code: &'static CodeMap = &self.module.code;
        // SAFETY: the compiler wrote the tables.
        let (offsets, names) = unsafe { (code.name_offsets.get(), code.names.get()) };
        part(names, offsets, self.function)
    }
}

/// The part of `bytes` that the function at `position` has; empty if it has none.
pub(crate) fn part<'a>(bytes: &'a [u8], offsets: &[u32], position: usize) -> &'a [u8] {
    let bounds = offsets.get(position).zip(offsets.get(position + 1));
    bounds.and_then(|(start, end)| bytes.get(*start as usize..*end as usize)).unwrap_or(&[])
}

/// Return addresses, by frame pointers.
struct Walk<'a> {
    frame: usize,
    /// A place in the function that the frame is of; none for a helper's.
    pc: Option<usize>,
    /// The stack that all frames are on.
    stack: &'a Stack,
}

impl Iterator for Walk<'_> {
    type Item = usize;

    /// Frames lie on the stack, aligned, each above the one it called: so the walk neither faults
    /// nor runs in circles, whatever the frame pointer holds.
    fn next(&mut self) -> Option<usize> {
        const FRAME_SIZE: usize = 2 * size_of::<usize>();
        let is_generated = || self.pc.is_some_and(|pc| instance::code_at(pc).is_some());
        let (stack, frame) = (self.stack.range(), sys::frame_record(self.frame, is_generated));
        let is_frame = frame >= stack.start
            && frame <= stack.end.saturating_sub(FRAME_SIZE)
            && frame.is_multiple_of(align_of::<usize>());
        if !is_frame {
            return None;
        }
        let record = core::ptr::with_exposed_provenance::<usize>(frame);
        // SAFETY: both words lie on the stack.
        let (caller, return_address) = unsafe { (record.read(), record.add(1).read()) };
        self.frame = if caller > frame { caller } else { 0 };
        self.pc = Some(return_address.wrapping_sub(1));
        Some(return_address)
    }
}
