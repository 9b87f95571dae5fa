//! Where an exception came from, and where its thread goes on.

use windows_sys::Win32::System::Diagnostics::Debug::CONTEXT;

/// The instruction that faulted, and the frame pointer there.
pub(in crate::sys) fn registers(context: &CONTEXT) -> (usize, usize) {
    (context.Rip as usize, context.Rbp as usize)
}

/// Has the thread go on as if the instruction that faulted had called `function`.
pub(in crate::sys) fn go_on_with(
    context: &mut CONTEXT,
    function: unsafe extern "C" fn(usize, usize, usize) -> !,
    arguments: [usize; 3],
) {
    /// Clear, as functions find it.
    const DIRECTION_FLAG: u32 = 0x400;
    let [first, second, third] = arguments.map(|argument| argument as u64);
    (context.Rcx, context.Rdx, context.R8) = (first, second, third);
    // As behind a call: below the room for register arguments is a return address, which nobody uses.
    context.Rsp = (context.Rsp & !0xf) - 40;
    context.Rip = function as usize as u64;
    context.EFlags &= !DIRECTION_FLAG;
}
