//! Standing between a caller and a WASI call, of whatever type: a few bytes for each call, and code that all share.

use core::arch::naked_asm;
use core::sync::atomic::AtomicU8;

use crate::wasi::trace;

/// Defines a function under the name `$symbol` that passes its arguments on to the call that `$traced` describes, and gives
/// what it gives.
macro_rules! traced_entry {
    ($symbol:expr, $traced:ident) => {
        #[unsafe(naked)]
        #[unsafe(export_name = $symbol)]
        unsafe extern "C" fn entry() {
            // `tail` makes use of `t1`.
            core::arch::naked_asm!(
                "lla t0, {traced}",
                "tail {shared}",
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
        // SAFETY: inside the record.
        unsafe { *self.0.get_unchecked(index) }
    }
}

/// 0 until somebody has looked, then 1, or 2 if calls are to be shown.
static STATE: AtomicU8 = AtomicU8::new(0);

/// Calls what `t0` describes, whose first word is the function, and shows it if that is wanted. Below the frame pointer, as
/// C has it: the return address, the caller's frame pointer, `t0`, the result; above it the arguments.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn pass_on() {
    naked_asm!(
        "lla t1, {state}",
        "lbu t2, 0(t1)",
        "li t3, 1",
        "bne t2, t3, 2f",
        "ld t1, 0(t0)",
        "jr t1",
        "2:",
        "addi sp, sp, -96",
        "sd ra, 24(sp)",
        "sd s0, 16(sp)",
        "addi s0, sp, 32",
        "sd t0, -24(s0)",
        "sd a0, 0(s0)",
        "sd a1, 8(s0)",
        "sd a2, 16(s0)",
        "sd a3, 24(s0)",
        "sd a4, 32(s0)",
        "sd a5, 40(s0)",
        "sd a6, 48(s0)",
        "sd a7, 56(s0)",
        "bnez t2, 3f",
        "call {is_wanted}",
        "andi a0, a0, 1",
        "addi t2, a0, 1",
        "lla t1, {state}",
        "sb t2, 0(t1)",
        "3:",
        "li t3, 2",
        "bne t2, t3, 4f",
        "ld a0, -24(s0)",
        "mv a1, s0",
        "call {begin}",
        "4:",
        // As many arguments as any call has on the stack.
        "ld t1, 64(s0)",
        "ld t2, 72(s0)",
        "addi sp, sp, -16",
        "sd t1, 0(sp)",
        "sd t2, 8(sp)",
        "ld a0, 0(s0)",
        "ld a1, 8(s0)",
        "ld a2, 16(s0)",
        "ld a3, 24(s0)",
        "ld a4, 32(s0)",
        "ld a5, 40(s0)",
        "ld a6, 48(s0)",
        "ld a7, 56(s0)",
        "ld t0, -24(s0)",
        "ld t0, 0(t0)",
        "jalr t0",
        "addi sp, sp, 16",
        "sd a0, -32(s0)",
        "lla t1, {state}",
        "lbu t2, 0(t1)",
        "li t3, 2",
        "bne t2, t3, 5f",
        "ld a0, -24(s0)",
        "mv a1, s0",
        "lw a2, -32(s0)",
        "call {end}",
        "5:",
        "ld a0, -32(s0)",
        "ld ra, 24(sp)",
        "ld s0, 16(sp)",
        "addi sp, sp, 96",
        "ret",
        state = sym STATE,
        is_wanted = sym trace::is_wanted,
        begin = sym trace::begin,
        end = sym trace::end,
    )
}
