//! Which functions were running.
//!
//! ```text
//! wasm backtrace:
//!     0:   0x1a2b - app!inner
//!     1:    0x9c1 - app!outer
//!        … 4711 more frames
//!  4713:   0x12e0 - app!<function 17>
//! ```
//!
//! Where the module says which source files its code comes from, a frame has a second line (`source_map`).
//!
//! The number in front of the name is the offset of the operator in the module's bytes. It is missing
//! where the code map has none: at a guarded access, unless the program was built with `-g`, or the module says where most of
//! its functions come from. Where a frame leaves the stack, at the start of a function or in a call, it is that of the next
//! operator that the code map knows.
//!
//! `WASMC_BACKTRACE` says how much of it there is: nothing for `0`, and for `full` every frame, those of the runtime and of
//! code that no function of the module stands behind too. Everything else is as if it were not set.

use crate::abi::TrapCode;
use crate::code_map::NO_OPERATOR;
use crate::environment;
use crate::frames::{self, Frame, Known, Place, Site};
use crate::message::{Message, digits_in};
use crate::sys;

/// Frames shown at each end of a deep stack.
const SHOWN_INNERMOST: u64 = 32;
const SHOWN_OUTERMOST: u64 = 16;

/// Columns of the number of a frame, at least.
const NUMBER_WIDTH: usize = 5;

/// Columns of an offset: enough for modules below 16 MiB; a larger offset moves its line.
const OFFSET_WIDTH: usize = "0x123456".len();

/// Adds the whole backtrace of a trap to `message`; nothing when there is no frame to show.
pub(crate) fn write(message: &mut Message, code: TrapCode, site: Site) {
    let is_full = match environment::lookup(b"WASMC_BACKTRACE") {
        Some([.., b'=', b'0']) => return,
        Some(variable) => variable.ends_with(b"=full"),
        None => false,
    };
    let mut count = 0;
    frames::each(site, &mut |frame| count += u64::from(is_shown(&frame, is_full)));
    if count == 0 {
        return;
    }
    message.text("wasm backtrace:\n");
    let number_width = digits_in::<10>(count - 1).max(NUMBER_WIDTH);
    let hidden = match count {
        count if is_full || count <= SHOWN_INNERMOST + SHOWN_OUTERMOST + 1 => 0,
        count => count - SHOWN_INNERMOST - SHOWN_OUTERMOST,
    };
    let mut next = 0;
    frames::each(site, &mut |frame| {
        if !is_shown(&frame, is_full) {
            return;
        }
        let number = next;
        next += 1;
        if number >= SHOWN_INNERMOST && number < SHOWN_INNERMOST + hidden {
            if number == SHOWN_INNERMOST {
                message.text("       … ").decimal(hidden).text(" more frames\n");
            }
            return;
        }
        message.spaces(number_width.saturating_sub(digits_in::<10>(number))).decimal(number).text(": ");
        let is_start = number == 0 && site.pc.is_some() && code == TrapCode::CallStackExhausted;
        write_frame(message, &frame, is_start);
        message.text("\n");
    });
}

/// `  0x1a2b - app!inner`. Where the frame did not fit, it `is_start` of its function.
fn write_frame(message: &mut Message, frame: &Frame, is_start: bool) {
    let known = frame.place.as_ref().and_then(|place| place.known(is_start));
    match &known {
        // A comparison of the stack pointer comes from no operator: it is where the body begins.
        Some(Known { entry, body }) if is_start || entry.wasm_offset != NO_OPERATOR => {
            let offset = u64::from(*body) + u64::from(entry.wasm_offset);
            let width = "0x".len() + digits_in::<16>(offset);
            message.spaces(OFFSET_WIDTH.saturating_sub(width)).hexadecimal(offset)
        }
        _ => message.spaces(OFFSET_WIDTH),
    };
    message.text(" - ");
    let Some(place) = &frame.place else {
        message.text("<runtime at ").hexadecimal(frame.pc as u64).text(">");
        return;
    };
    write_function(message, place);
    // SAFETY: null, or a record that the compiler wrote.
    if let (Some(known), Some(sources)) = (&known, unsafe { place.module.code.sources.as_ref() }) {
        let message = core::ptr::from_mut(message).cast();
        // SAFETY: the entry is one of this code.
        unsafe { (sources.show)(&place.module.code, place.function, known.entry.code_offset, message) };
    }
}

fn is_shown(frame: &Frame, is_full: bool) -> bool {
    match &frame.place {
        Some(place) => is_full || place.is_function(),
        None => is_full && sys::frames::ARE_CHAINED,
    }
}

/// `app!name`, or `app!<function 17>`.
fn write_function(message: &mut Message, place: &Place) {
    // SAFETY: the compiler wrote the name.
    message.foreign(unsafe { place.module.name.get() }).text("!");
    match place.name() {
        &[] if !place.is_function() => {
            message.text("<trampoline>");
        }
        &[] => {
            message.text("<function ").decimal(place.function_index().into()).text(">");
        }
        name => {
            message.bytes(name);
        }
    }
}
