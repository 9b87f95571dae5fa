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

/// The integer arguments of a call: six in registers, the rest on the stack, behind the frame pointer and the return
/// address.
#[repr(C)]
pub(crate) struct Registers {
    registers: [u64; 6],
    frame: [u64; 2],
    stack: [u64; MOST - 6],
}

/// Arguments of the WASI call that has most, with the instance.
const MOST: usize = 10;

impl Registers {
    /// The argument at `index`.
    ///
    /// # Safety
    /// The call has so many.
    pub(crate) unsafe fn get(&self, index: usize) -> u64 {
        let words: *const u64 = (&raw const *self).cast();
        // SAFETY: inside the record.
        unsafe { words.add(if index < 6 { index } else { index + 2 }).read() }
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
        "push rbp",
        "mov rbp, rsp",
        "push r9",
        "push r8",
        "push rcx",
        "push rdx",
        "push rsi",
        "push rdi",
        "push r11",
        // What is left is room for the result; the stack is aligned.
        "push rax",
        "cmp byte ptr [rip + {state}], 0",
        "jne 3f",
        "call {is_wanted}",
        "inc al",
        "mov byte ptr [rip + {state}], al",
        "3:",
        "cmp byte ptr [rip + {state}], 2",
        "jne 4f",
        "mov rdi, [rbp - 56]",
        "lea rsi, [rbp - 48]",
        "call {begin}",
        "4:",
        // As many arguments as any call has on the stack.
        "push qword ptr [rbp + 40]",
        "push qword ptr [rbp + 32]",
        "push qword ptr [rbp + 24]",
        "push qword ptr [rbp + 16]",
        "mov rdi, [rbp - 48]",
        "mov rsi, [rbp - 40]",
        "mov rdx, [rbp - 32]",
        "mov rcx, [rbp - 24]",
        "mov r8, [rbp - 16]",
        "mov r9, [rbp - 8]",
        "mov r11, [rbp - 56]",
        "call qword ptr [r11]",
        "add rsp, 32",
        "mov [rbp - 64], rax",
        "cmp byte ptr [rip + {state}], 2",
        "jne 5f",
        "mov rdi, [rbp - 56]",
        "lea rsi, [rbp - 48]",
        "mov edx, eax",
        "call {end}",
        "5:",
        "mov rax, [rbp - 64]",
        "leave",
        "ret",
        state = sym STATE,
        is_wanted = sym trace::is_wanted,
        begin = sym trace::begin,
        end = sym trace::end,
    )
}
