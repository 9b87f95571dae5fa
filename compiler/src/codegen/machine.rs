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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_go_as_far_as_the_field_allows() {
        let x86 = |distance| write_distance(Architecture::X86_64, [0; 4], distance);
        assert_eq!(x86(-2), Some([0xfe, 0xff, 0xff, 0xff]));
        assert_eq!(x86(1 << 31), None);

        let call = 0x9400_0000_u32.to_le_bytes();
        let aarch64 = |distance| write_distance(Architecture::Aarch64, call, distance).map(u32::from_le_bytes);
        assert_eq!(aarch64(0x30), Some(0x9400_000c));
        assert_eq!(aarch64(-4), Some(0x97ff_ffff));
        assert_eq!(aarch64(-(1 << 27)), Some(0x9600_0000));
        assert_eq!(aarch64(1 << 27), None);
        assert_eq!(aarch64(2), None);
    }

    #[test]
    fn calls_reach_across_the_longest_text() {
        for architecture in [Architecture::X86_64, Architecture::Aarch64] {
            let furthest = longest_text(architecture) as i64 / 4 * 4;
            for distance in [furthest, -furthest] {
                assert!(write_distance(architecture, [0; 4], distance).is_some(), "{architecture:?} {distance}");
            }
        }
    }
}
