//! How the frame of a function comes about: what debuggers have to know between its first instruction and the last of its
//! prologue.

/// What an instruction of a prologue has done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FrameStep {
    /// The frame pointer and the return address are on the stack, and the stack pointer points to them.
    Pushed,
    /// The frame pointer points to them.
    Established,
    /// A register is saved.
    Saved {
        /// Its number in DWARF.
        register: u16,
        /// Bytes from there up to the end of the caller's frame.
        below_caller: u32,
    },
}

/// The steps of one function, each with the offset behind its instruction.
pub type FrameSteps = Vec<(u32, FrameStep)>;
