//! Which functions were running, from the frame pointers that generated code keeps.
//!
//! ```text
//! wasm backtrace:
//!     0: 0x1a2b - app!inner
//!     1:        - app!outer
//!        … 4711 more frames
//!  4713:        - app!<function 17>
//! ```
//!
//! The number in front of the name is the offset of the operator in the module's bytes, where it is
//! known. Frames of the runtime, and code that no function of the module stands behind, are left out.

use crate::abi::{CodeMap, Module, SYNTHETIC_FUNCTION};
use crate::message::{Message, digits_in};
use crate::sys::stack;

/// Frames shown at each end of a deep stack.
const SHOWN_INNERMOST: u64 = 32;
const SHOWN_OUTERMOST: u64 = 16;

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

/// The offset of `pc` in the machine code of `module`, if it lies there.
pub(crate) fn code_offset(module: &Module, pc: usize) -> Option<u32> {
    let offset = pc.checked_sub(module.code.start.addr())?;
    (offset < module.code.length).then_some(offset as u32)
}

/// Where the trap tables speak of the instruction at `pc`.
pub(crate) fn trap_position(module: &Module, pc: usize) -> Option<usize> {
    let offset = code_offset(module, pc)?;
    // SAFETY: the compiler wrote the table.
    unsafe { module.code.trap_offsets.get() }.binary_search(&offset).ok()
}

/// Adds the whole backtrace to `message`; nothing when there is no frame to show.
pub(crate) fn write(message: &mut Message, module: &Module, site: Site) {
    let count = frames(module, site).count() as u64;
    if count == 0 {
        return;
    }
    message.text("wasm backtrace:\n");
    let wasm_offset = site.pc.and_then(|pc| trap_position(module, pc)).and_then(|position| {
        // SAFETY: the compiler wrote the table.
        unsafe { module.code.trap_wasm_offsets.get() }.get(position).copied()
    });
    let hidden = match count {
        count if count <= SHOWN_INNERMOST + SHOWN_OUTERMOST + 1 => 0,
        count => count - SHOWN_INNERMOST - SHOWN_OUTERMOST,
    };
    let offset_width = wasm_offset.map_or(0, |offset| digits_in::<16>(offset.into()) + "0x".len());
    for (number, frame) in (0..).zip(frames(module, site)) {
        if number >= SHOWN_INNERMOST && number < SHOWN_INNERMOST + hidden {
            if number == SHOWN_INNERMOST {
                message.text("       … ").decimal(hidden).text(" more frames\n");
            }
            continue;
        }
        message.spaces(5_usize.saturating_sub(digits_in::<10>(number))).decimal(number).text(": ");
        match wasm_offset {
            Some(offset) if number == 0 && frame.is_innermost => message.hexadecimal(offset.into()),
            _ => message.spaces(offset_width),
        };
        if offset_width > 0 {
            message.text(" ");
        }
        message.text("- ");
        write_function(message, module, frame.function);
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

/// A frame of generated code.
struct Frame {
    /// Its function, as a position in the tables of the code map.
    function: usize,
    /// Whether it is the one that trapped.
    is_innermost: bool,
}

/// The frames of generated code, innermost first.
fn frames(module: &Module, site: Site) -> impl Iterator<Item = Frame> + '_ {
    let mut innermost = site.pc;
    let mut walk = Walk { frame: site.frame };
    core::iter::from_fn(move || {
        let is_innermost = innermost.is_some();
        loop {
            // A return address is behind the call, perhaps at the start of the next function.
            let pc = match innermost.take() {
                Some(pc) => pc,
                None => walk.next()?.wrapping_sub(1),
            };
            if let Some(function) = function_at(module, pc) {
                return Some(Frame { function, is_innermost });
            }
        }
    })
}

/// The function whose code is at `pc`, if it is one to show.
fn function_at(module: &Module, pc: usize) -> Option<usize> {
    let offset = code_offset(module, pc)?;
    // SAFETY: the compiler wrote the tables.
    let (starts, indices) = unsafe { (module.code.function_starts.get(), module.code.function_indices.get()) };
    let position = starts.partition_point(|start| *start <= offset).checked_sub(1)?;
    let is_synthetic = *indices.get(position)? == SYNTHETIC_FUNCTION;
    (!is_synthetic || !name(&module.code, position).is_empty()).then_some(position)
}

fn name(code: &CodeMap, position: usize) -> &[u8] {
    // SAFETY: the compiler wrote the tables.
    let (offsets, names) = unsafe { (code.name_offsets.get(), code.names.get()) };
    let name = offsets.get(position).zip(offsets.get(position + 1));
    name.and_then(|(start, end)| names.get(*start as usize..*end as usize)).unwrap_or(&[])
}

/// Return addresses, by frame pointers.
struct Walk {
    frame: usize,
}

impl Iterator for Walk {
    type Item = usize;

    /// Frames lie on the stack, aligned, each above the one it called: so the walk neither faults
    /// nor runs in circles, whatever the frame pointer holds.
    fn next(&mut self) -> Option<usize> {
        const FRAME_SIZE: usize = 2 * size_of::<usize>();
        let stack = stack::range();
        let frame = self.frame;
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
        Some(return_address)
    }
}
