//! What the runtime needs to write a WebAssembly core dump of the program: a module whose memories and globals are those of
//! the program when it trapped (WebAssembly tool conventions, "Coredump").

use super::Slice;
use core::ffi::c_void;

/// How to write a core dump. Everything that does not depend on the moment is there already.
#[derive(Debug)]
#[repr(C)]
pub struct CoreDump {
    /// Writes it, if the person who started the program wants one: the symbol [`WRITE_CORE_DUMP_SYMBOL`]. A reference from
    /// the record, so that other programs do not link it.
    pub write: WriteCoreDump,
    /// The file from its first byte up to the stack: the sections `core`, `coremodules`, `coreinstances`, and those of
    /// memories and globals.
    pub head: Slice<u8>,
    /// What is not known yet, by ascending position.
    pub holes: Slice<Hole>,
}

/// Writes a core dump of a program that trapped at `pc`, or in the runtime when that is 0, in the frame `frame`, and adds to a
/// message of the runtime where.
pub type WriteCoreDump = unsafe extern "C" fn(dump: *const CoreDump, pc: usize, frame: usize, message: *mut c_void);

/// The [`WriteCoreDump`].
pub const WRITE_CORE_DUMP_SYMBOL: &str = "wasmc_write_core_dump";

/// A value of the instance in [`CoreDump::head`].
#[derive(Debug)]
#[repr(C)]
pub struct Hole {
    /// The offset of its first byte.
    pub position: u32,
    /// How many bytes it has there.
    pub width: u32,
    /// A [`HoleKind`].
    pub kind: u32,
    /// Byte offset of the value in the instance.
    pub instance_offset: u32,
}

/// How a value is written into a [`Hole`]. Numbers are LEB128, as long as the longest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
pub enum HoleKind {
    /// The bytes as they are.
    Bytes = 0,
    /// A signed number of 32 bits.
    I32 = 1,
    /// A signed number of 64 bits.
    I64 = 2,
    /// The current pages of a [`super::Memory`].
    Pages = 3,
}

impl HoleKind {
    /// The kind of this number; [`HoleKind::Bytes`] for every other one.
    pub const fn from_number(number: u32) -> HoleKind {
        match number {
            1 => HoleKind::I32,
            2 => HoleKind::I64,
            3 => HoleKind::Pages,
            _ => HoleKind::Bytes,
        }
    }
}

/// Bytes of a LEB128 number of 32 bits at most.
pub const LEB32: usize = 5;
/// Of one of 64 bits.
pub const LEB64: usize = 10;
