//! What wasmc itself knows of machine code; everything else is the code generator's.

use crate::target::Architecture;

/// A byte that fills the space between functions. Over and over, it is an instruction that traps: nothing falls from one
/// function into the next.
pub(super) fn padding(architecture: Architecture) -> u8 {
    match architecture {
        Architecture::X86_64 => 0xcc,
        Architecture::Aarch64 => 0,
    }
}

/// How much text calls between its functions reach across.
pub(super) fn longest_text(architecture: Architecture) -> usize {
    match architecture {
        Architecture::X86_64 => i32::MAX as usize,
        // 26 bits of four bytes each, in either direction; the runtime has to be within reach as well.
        Architecture::Aarch64 => 127 << 20,
    }
}

/// Completes the four bytes of a call, or a jump to a function, that is `distance` away from them; fails when it is too
/// far.
pub(super) fn write_distance(architecture: Architecture, field: [u8; 4], distance: i64) -> Option<[u8; 4]> {
    match architecture {
        Architecture::X86_64 => {
            debug_assert_eq!(field, [0; 4]);
            i32::try_from(distance).ok().map(i32::to_le_bytes)
        }
        Architecture::Aarch64 => {
            const REACH: i64 = 1 << 27;
            const MASK: i64 = (1 << 26) - 1;
            let is_reachable = distance % 4 == 0 && (-REACH..REACH).contains(&distance);
            is_reachable.then(|| (u32::from_le_bytes(field) | (distance >> 2 & MASK) as u32).to_le_bytes())
        }
    }
}
