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
            core::arch::naked_asm!(
                "lea r11, [rip + {traced}]",
                "jmp {shared}",
                traced = sym $traced,
                shared = sym $crate::sys::trace::pass_on,
            )
        }
    };
}
pub(crate) use traced_entry;

/// The integer arguments of a call: the caller leaves room for the first four, which come in registers, below the others.
#[repr(C)]
pub(crate) struct Registers {
    stack: [u64; MOST],
}

/// Arguments of the WASI call that has most, with the instance.
const MOST: usize = 10;

impl Registers {
    /// The argument at `index`.
    ///
    /// # Safety
    /// The call has so many.
    pub(crate) unsafe fn get(&self, index: usize) -> u64 {
        let words: *const u64 = (&raw const self.stack).cast();
        // SAFETY: inside the record.
        unsafe { words.add(index).read() }
    }
}

/// 0 until somebody has looked, then 1, or 2 if calls are to be shown.
static STATE: AtomicU8 = AtomicU8::new(0);

/// Calls what `r11` describes, whose first word is the function, and shows it if that is wanted.
#[unsafe(naked)]
pub(crate) unsafe extern "C" fn pass_on() {
    naked_asm!(
        "cmp byte ptr [rip + {state}], 1",
        "jne 2f",
        "jmp qword ptr [r11]",
        "2:",
        "mov [rsp + 8], rcx",
        "mov [rsp + 16], rdx",
        "mov [rsp + 24], r8",
        "mov [rsp + 32], r9",
        "push rbp",
        "mov rbp, rsp",
        "push r11",
        // Room for the result, and for ten arguments.
        "sub rsp, 88",
        "cmp byte ptr [rip + {state}], 0",
        "jne 3f",
        "call {is_wanted}",
        "inc al",
        "mov byte ptr [rip + {state}], al",
        "3:",
        "cmp byte ptr [rip + {state}], 2",
        "jne 4f",
        "mov rcx, [rbp - 8]",
        "lea rdx, [rbp + 16]",
        "call {begin}",
        "4:",
        // As many arguments as any call has on the stack.
        "mov rax, [rbp + 48]",
        "mov [rsp + 32], rax",
        "mov rax, [rbp + 56]",
        "mov [rsp + 40], rax",
        "mov rax, [rbp + 64]",
        "mov [rsp + 48], rax",
        "mov rax, [rbp + 72]",
        "mov [rsp + 56], rax",
        "mov rax, [rbp + 80]",
        "mov [rsp + 64], rax",
        "mov rax, [rbp + 88]",
        "mov [rsp + 72], rax",
        "mov rcx, [rbp + 16]",
        "mov rdx, [rbp + 24]",
        "mov r8, [rbp + 32]",
        "mov r9, [rbp + 40]",
        "mov r11, [rbp - 8]",
        "call qword ptr [r11]",
        "mov [rbp - 16], rax",
        "cmp byte ptr [rip + {state}], 2",
        "jne 5f",
        "mov rcx, [rbp - 8]",
        "lea rdx, [rbp + 16]",
        "mov r8d, eax",
        "call {end}",
        "5:",
        "mov rax, [rbp - 16]",
        "leave",
        "ret",
        state = sym STATE,
        is_wanted = sym trace::is_wanted,
        begin = sym trace::begin,
        end = sym trace::end,
    )
}
