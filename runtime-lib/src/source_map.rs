//! The second line of a frame in a backtrace, where the module says where its code comes from:
//!
//! ```text
//!     0:   0x1a2b - app!inner
//!                     at src/app.c:12:7
//! ```

use crate::abi::{CodeMap, Slice};
use crate::code_map::body_and_entries;
use crate::code_map::positions::Positions;
use crate::message::Message;
use core::ffi::c_void;

/// The `ShowSource`.
#[unsafe(no_mangle)]
unsafe extern "C" fn wasmc_show_source(code: *const CodeMap, function: usize, code_offset: u32, message: *mut c_void) {
    // SAFETY: the compiler wrote the records; the caller's message is one.
    unsafe {
        let (code, message) = (&*code, &mut *message.cast::<Message>());
        let Some(sources) = code.sources.as_ref() else { return };
        let Some((_, entries)) = body_and_entries(part(&code.entries, &code.entry_offsets, function)) else { return };
        let positions = Positions::new(part(&sources.positions, &sources.position_offsets, function));
        let known = entries.zip(positions).find(|(entry, _)| entry.code_offset == code_offset);
        let Some((_, position)) = known.filter(|(_, position)| position.line != 0) else { return };
        let file = part(&sources.files, &sources.file_offsets, position.file as usize);
        message.text("\n                    at ").bytes(file).text(":").decimal(position.line.into());
        if position.column != 0 {
            message.text(":").decimal(position.column.into());
        }
    }
}

unsafe fn part<'a>(bytes: &Slice<u8>, offsets: &Slice<u32>, position: usize) -> &'a [u8] {
    // SAFETY: the compiler wrote the tables.
    unsafe { crate::frames::part(bytes.get(), offsets.get(), position) }
}
