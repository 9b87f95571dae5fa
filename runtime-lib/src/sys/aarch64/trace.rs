//! Standing between a caller and a WASI call, of whatever type: a few bytes for each call, and code that all share.

use core::arch::naked_asm;
use core::sync::atomic::AtomicU8;

use crate::wasi::trace;

/// How `adrp` writes the page of a symbol, and other instructions the place in it: each format has a way of its own.
#[cfg(not(target_os = "macos"))]
macro_rules! page {
    ($symbol:literal) => {
        concat!("{", $symbol, "}")
    };
}
#[cfg(not(target_os = "macos"))]
macro_rules! offset {
    ($symbol:literal) => {
        concat!(":lo12:{", $symbol, "}")
    };
}
#[cfg(target_os = "macos")]
macro_rules! page {
    ($symbol:literal) => {
        concat!("{", $symbol, "}@PAGE")
    };
}
#[cfg(target_os = "macos")]
macro_rules! offset {
    ($symbol:literal) => {
        concat!("{", $symbol, "}@PAGEOFF")
    };
}
pub(crate) use {offset, page};

/// Defines a function under the name `$symbol` that passes its arguments on to the call that `$traced` describes, and gives
/// what it gives.
macro_rules! traced_entry {
    ($symbol:expr, $traced:ident) => {
        #[unsafe(naked)]
        #[unsafe(export_name = $symbol)]
        unsafe extern "C" fn entry() {
            core::arch::naked_asm!(
                concat!("adrp x16, ", $crate::sys::trace::page!("traced")),
                concat!("add x16, x16, ", $crate::sys::trace::offset!("traced")),
                "b {shared}",
                traced = sym $traced,
                shared = sym $crate::sys::trace::pass_on,
            )
        }
    };
}
pub(crate) use traced_entry;

/// The integer arguments of a call: eight in registers, the rest on the stack, which is behind them where `pass_on` puts
/// those.
#[repr(C)]
pub(crate) struct Registers([u64; MOST]);

/// Arguments of the WASI call that has most, with the instance.
const MOST: usize = 10;

impl Registers {
    /// The argument at `index`.
    ///
    /// # Safety
    /// The call has so many.
    pub(crate) unsafe fn get(&self, index: usize) -> u64 {
        /// On macOS, arguments on the stack take no more room than their types; the two that there may be have 32 bits.
        const PACKED: bool = cfg!(target_os = "macos");
        const IN_REGISTERS: usize = 8;
        // SAFETY: inside the record.
        unsafe {
            if PACKED && index >= IN_REGISTERS {
                let stack: *const u32 = (&raw const self.0).cast::<u64>().add(IN_REGISTERS).cast();
                return stack.add(index - IN_REGISTERS).read().into();
            }
            *self.0.get_unchecked(index)
        }
    }
}

/// 0 until somebody has looked, then 1, or 2 if calls are to be shown.
static STATE: AtomicU8 = AtomicU8::new(0);

/// Calls what `x16` describes, whose first word is the function, and shows it if that is wanted. The frame, from its pointer
/// on: the caller's frame pointer and the return address, `x16`, the result, the arguments.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn pass_on() {
    naked_asm!(
        concat!("adrp x17, ", page!("state")),
        concat!("ldrb w17, [x17, ", offset!("state"), "]"),
        "cmp w17, #1",
        "b.ne 2f",
        "ldr x17, [x16]",
        "br x17",
        "2:",
        "stp x29, x30, [sp, #-96]!",
        "mov x29, sp",
        "str x16, [x29, #16]",
        "stp x0, x1, [x29, #32]",
        "stp x2, x3, [x29, #48]",
        "stp x4, x5, [x29, #64]",
        "stp x6, x7, [x29, #80]",
        "cbnz w17, 3f",
        "bl {is_wanted}",
        "and w0, w0, #1",
        "add w17, w0, #1",
        concat!("adrp x16, ", page!("state")),
        concat!("strb w17, [x16, ", offset!("state"), "]"),
        "3:",
        "cmp w17, #2",
        "b.ne 4f",
        "ldr x0, [x29, #16]",
        "add x1, x29, #32",
        "bl {begin}",
        "4:",
        // As many arguments as any call has on the stack.
        "ldp x8, x9, [x29, #96]",
        "stp x8, x9, [sp, #-16]!",
        "ldp x0, x1, [x29, #32]",
        "ldp x2, x3, [x29, #48]",
        "ldp x4, x5, [x29, #64]",
        "ldp x6, x7, [x29, #80]",
        "ldr x16, [x29, #16]",
        "ldr x16, [x16]",
        "blr x16",
        "add sp, sp, #16",
        "str x0, [x29, #24]",
        concat!("adrp x17, ", page!("state")),
        concat!("ldrb w17, [x17, ", offset!("state"), "]"),
        "cmp w17, #2",
        "b.ne 5f",
        "ldr x0, [x29, #16]",
        "add x1, x29, #32",
        "ldr w2, [x29, #24]",
        "bl {end}",
        "5:",
        "ldr x0, [x29, #24]",
        "ldp x29, x30, [sp], #96",
        "ret",
        state = sym STATE,
        is_wanted = sym trace::is_wanted,
        begin = sym trace::begin,
        end = sym trace::end,
    )
}
