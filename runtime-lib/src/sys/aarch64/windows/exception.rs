//! Where an exception came from, and where its thread goes on.

use windows_sys::Win32::System::Diagnostics::Debug::CONTEXT;

/// The number of the frame pointer.
const FP: usize = 29;

/// The instruction that faulted, and the frame pointer there.
pub(in crate::sys) fn registers(context: &CONTEXT) -> (usize, usize) {
    // SAFETY: two names for the same registers.
    (context.Pc as usize, unsafe { context.Anonymous.X[FP] } as usize)
}

/// Has the thread go on as if the instruction that faulted had called `function`.
pub(in crate::sys) fn go_on_with(
    context: &mut CONTEXT,
    function: unsafe extern "C" fn(usize, usize, usize) -> !,
    arguments: [usize; 3],
) {
    // SAFETY: two names for the same registers.
    let registers = unsafe { &mut context.Anonymous.X };
    registers.iter_mut().zip(arguments).for_each(|(register, argument)| *register = argument as u64);
    context.Sp &= !0xf;
    context.Pc = function as usize as u64;
}
