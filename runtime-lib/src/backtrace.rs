//! Which functions were running, from the frame pointers that generated code keeps.
//!
//! ```text
//! wasm backtrace:
//!     0:   0x1a2b - app!inner
//!     1:    0x9c1 - app!outer
//!        … 4711 more frames
//!  4713:   0x12e0 - app!<function 17>
//! ```
//!
//! The number in front of the name is the offset of the operator in the module's bytes. It is missing
//! where the code map has none: at a guarded access, unless the program was built with `-g`. Where a frame leaves the stack,
//! at the start of a function or in a call, it is that of the next operator that the code map knows. Frames of the runtime, and code that no function of the module stands behind, are left out.

use crate::abi::{CodeMap, Module, SYNTHETIC_FUNCTION, TrapCode};
use crate::code_map::{Entries, Entry, NO_OPERATOR};
use crate::instance;
use crate::message::{Message, digits_in};
use crate::sys;
use crate::sys::stack::{self, Stack};

/// Frames shown at each end of a deep stack.
const SHOWN_INNERMOST: u64 = 32;
const SHOWN_OUTERMOST: u64 = 16;

/// Columns of the number of a frame, at least.
const NUMBER_WIDTH: usize = 5;

/// Columns of an offset: enough for modules below 16 MiB; a larger offset moves its line.
const OFFSET_WIDTH: usize = "0x123456".len();

/// Bytes shown of a name.
const LONGEST_NAME: usize = 400;

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

/// Adds the whole backtrace of a trap to `message`; nothing when there is no frame to show.
pub(crate) fn write(message: &mut Message, code: TrapCode, site: Site) {
    let Some(stack) = stack::containing(site.frame) else { return };
    let count = frames(site, stack).count() as u64;
    if count == 0 {
        return;
    }
    message.text("wasm backtrace:\n");
    let number_width = digits_in::<10>(count - 1).max(NUMBER_WIDTH);
    let hidden = match count {
        count if count <= SHOWN_INNERMOST + SHOWN_OUTERMOST + 1 => 0,
        count => count - SHOWN_INNERMOST - SHOWN_OUTERMOST,
    };
    for (number, place) in (0..).zip(frames(site, stack)) {
        if number >= SHOWN_INNERMOST && number < SHOWN_INNERMOST + hidden {
            if number == SHOWN_INNERMOST {
                message.text("       … ").decimal(hidden).text(" more frames\n");
            }
            continue;
        }
        message.spaces(number_width.saturating_sub(digits_in::<10>(number))).decimal(number).text(": ");
        let entry = match site.pc {
            Some(_) if number == 0 && code == TrapCode::CallStackExhausted => place.next_entry(),
            _ => place.entry(),
        };
        match entry {
            Some(Entry { wasm_offset, .. }) if wasm_offset != NO_OPERATOR => {
                let width = "0x".len() + digits_in::<16>(wasm_offset.into());
                message.spaces(OFFSET_WIDTH.saturating_sub(width)).hexadecimal(wasm_offset.into())
            }
            _ => message.spaces(OFFSET_WIDTH),
        };
        message.text(" - ");
        write_function(message, place.module, place.function);
        message.text("\n");
    }
}

/// `app!name`, or `app!<function 17>`.
fn write_function(message: &mut Message, module: &Module, position: usize) {
    // SAFETY: the compiler wrote the name.
    message.foreign(unsafe { module.name.get() }).text("!");
    match name(&module.code, position) {
        &[] => {
            // SAFETY: the compiler wrote the table.
            let indices = unsafe { module.code.function_indices.get() };
            let index = indices.get(position).copied().unwrap_or(SYNTHETIC_FUNCTION);
            message.text("<function ").decimal(index.into()).text(">");
        }
        name => match name.get(..LONGEST_NAME) {
            Some(start) => {
                message.foreign(start).text("…");
            }
            None => {
                message.foreign(name);
            }
        },
    }
}

/// The frames of generated code, innermost first, each as the place where it is.
fn frames(site: Site, stack: &Stack) -> impl Iterator<Item = Place> {
    let mut innermost = site.pc;
    let mut walk = Walk { frame: site.frame, pc: site.pc, stack };
    core::iter::from_fn(move || {
        loop {
            // A return address is behind the call, perhaps at the start of the next function.
            let pc = match innermost.take() {
                Some(pc) => pc,
                None => walk.next()?.wrapping_sub(1),
            };
            if let Some(place) = locate(pc).filter(Place::is_shown) {
                return Some(place);
            }
        }
    })
}

/// A place in generated code.
pub(crate) struct Place {
    module: &'static Module,
    /// Its function, as a position in the tables of the code map.
    function: usize,
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

impl Place {
    /// What the code map says about it: for a call it speaks of the last byte.
    pub(crate) fn entry(&self) -> Option<Entry> {
        self.next_entry().filter(|entry| entry.code_offset == self.offset)
    }

    /// What the code map says about the first instruction that it knows from there on.
    fn next_entry(&self) -> Option<Entry> {
        let code = &self.module.code;
        // SAFETY: the compiler wrote the tables.
        let (offsets, entries) = unsafe { (code.entry_offsets.get(), code.entries.get()) };
        Entries::new(part(entries, offsets, self.function)).find(|entry| entry.code_offset >= self.offset)
    }

    /// Whether a function of the module, or a name, stands behind it.
    fn is_shown(&self) -> bool {
        let code = &self.module.code;
        // SAFETY: the compiler wrote the table.
        let index = unsafe { code.function_indices.get() }.get(self.function);
        index.is_some_and(|index| *index != SYNTHETIC_FUNCTION) || !name(code, self.function).is_empty()
    }
}

fn name(code: &CodeMap, position: usize) -> &[u8] {
    // SAFETY: the compiler wrote the tables.
    let (offsets, names) = unsafe { (code.name_offsets.get(), code.names.get()) };
    part(names, offsets, position)
}

/// The part of `bytes` that the function at `position` has; empty if it has none.
fn part<'a>(bytes: &'a [u8], offsets: &[u32], position: usize) -> &'a [u8] {
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
