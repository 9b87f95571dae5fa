//! What wasmc itself knows of machine code; everything else is the code generator's.

use crate::target::Architecture;

/// A byte that fills the space between functions. Over and over, it is an instruction that traps: nothing falls from one
/// function into the next.
pub(super) fn padding(architecture: Architecture) -> u8 {
    match architecture {
        Architecture::X86_64 => 0xcc,
        Architecture::Aarch64 | Architecture::Riscv64 => 0,
    }
}

/// How far a pair of RISC-V instructions reaches: the second one adds up to 2 KiB to what the first one gives, or takes them
/// away.
const FURTHEST_PAIR: i64 = i32::MAX as i64 - 0x800;

/// How much text calls between its functions reach across.
pub(super) fn longest_text(architecture: Architecture) -> usize {
    match architecture {
        Architecture::X86_64 => i32::MAX as usize,
        // 26 bits of four bytes each, in either direction; the runtime has to be within reach as well.
        Architecture::Aarch64 => 127 << 20,
        Architecture::Riscv64 => FURTHEST_PAIR as usize,
    }
}

/// Completes the call, or the jump to a function, whose distance goes where `code` begins; fails when it is too far, or
/// there is no room.
pub(super) fn write_distance(architecture: Architecture, code: &mut [u8], distance: i64) -> Option<()> {
    let field = code.first_chunk_mut::<4>()?;
    match architecture {
        Architecture::X86_64 => {
            debug_assert_eq!(*field, [0; 4]);
            *field = i32::try_from(distance).ok()?.to_le_bytes();
        }
        Architecture::Aarch64 => {
            const REACH: i64 = 1 << 27;
            const MASK: i64 = (1 << 26) - 1;
            if distance % 4 != 0 || !(-REACH..REACH).contains(&distance) {
                return None;
            }
            set_bits(field, (distance >> 2 & MASK) as u32);
        }
        Architecture::Riscv64 => {
            const LOW_BITS: u32 = 12;
            if distance % 2 != 0 || !(-FURTHEST_PAIR..=FURTHEST_PAIR).contains(&distance) {
                return None;
            }
            // `auipc` adds the upper bits to its own address, `jalr` the signed lower ones.
            let high = (distance + (1 << (LOW_BITS - 1))) >> LOW_BITS;
            set_bits(field, (high as u32) << LOW_BITS);
            let low = distance - (high << LOW_BITS);
            set_bits(code[4..].first_chunk_mut::<4>()?, (low as u32) << 20);
        }
    }
    Some(())
}

/// Sets those bits of an instruction that are set in `bits`.
fn set_bits(instruction: &mut [u8; 4], bits: u32) {
    *instruction = (u32::from_le_bytes(*instruction) | bits).to_le_bytes();
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An instruction, or two, with a distance in it.
    fn with_distance<const N: usize>(
        architecture: Architecture,
        instructions: [u32; N],
        distance: i64,
    ) -> Option<[u32; N]> {
        let mut code: Vec<u8> = instructions.into_iter().flat_map(u32::to_le_bytes).collect();
        write_distance(architecture, &mut code, distance)?;
        let mut words = code.chunks(4).map(|word| u32::from_le_bytes(word.try_into().expect("four bytes")));
        Some(std::array::from_fn(|_| words.next().expect("as many as before")))
    }

    #[test]
    fn distances_go_as_far_as_the_field_allows() {
        let x86 = |distance| with_distance(Architecture::X86_64, [0], distance);
        assert_eq!(x86(-2), Some([0xffff_fffe]));
        assert_eq!(x86(1 << 31), None);

        let aarch64 = |distance| with_distance(Architecture::Aarch64, [0x9400_0000], distance);
        assert_eq!(aarch64(0x30), Some([0x9400_000c]));
        assert_eq!(aarch64(-4), Some([0x97ff_ffff]));
        assert_eq!(aarch64(-(1 << 27)), Some([0x9600_0000]));
        assert_eq!(aarch64(1 << 27), None);
        assert_eq!(aarch64(2), None);

        let riscv64 = |distance| with_distance(Architecture::Riscv64, [0x97, 0x8_00e7], distance);
        assert_eq!(riscv64(0x1234), Some([0x1097, 0x2348_00e7]));
        assert_eq!(riscv64(0x1ffe), Some([0x2097, 0xffe8_00e7]));
        assert_eq!(riscv64(-2), Some([0x97, 0xffe8_00e7]));
        assert_eq!(riscv64(-0x1000), Some([0xffff_f097, 0x8_00e7]));
        assert_eq!(riscv64(1 << 31), None);
        assert_eq!(riscv64(1), None);
    }

    #[test]
    fn calls_reach_across_the_longest_text() {
        for architecture in [Architecture::X86_64, Architecture::Aarch64, Architecture::Riscv64] {
            let furthest = longest_text(architecture) as i64 / 4 * 4;
            for distance in [furthest, -furthest] {
                assert!(write_distance(architecture, &mut [0; 8], distance).is_some(), "{architecture:?} {distance}");
            }
        }
    }

    #[test]
    fn there_has_to_be_room() {
        assert_eq!(write_distance(Architecture::X86_64, &mut [0; 3], 0), None);
        assert_eq!(write_distance(Architecture::Riscv64, &mut [0; 7], 0), None);
    }
}
