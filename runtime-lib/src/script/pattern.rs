//! Whether a value is one that the script expects.

use crate::abi::ValueCode;
use crate::abi::script::{LaneRule, Pattern, PatternKind};

/// The bits of a value, the lowest first.
pub(super) type Bits = [u64; 2];

/// Bytes of a value of type `code`.
pub(super) fn width(code: u8) -> u32 {
    match code {
        code if code == ValueCode::I32 as u8 || code == ValueCode::F32 as u8 => 4,
        code if code == ValueCode::V128 as u8 => 16,
        _ => 8,
    }
}

/// Whether `bits`, of type `code`, are a value that fits `pattern`.
///
/// # Safety
/// The compiler wrote the pattern.
pub(super) unsafe fn fits(pattern: &Pattern, code: u8, bits: Bits) -> bool {
    match pattern.kind {
        kind if kind == PatternKind::Lanes as u32 => lanes_fit(pattern, code, bits),
        kind if kind == PatternKind::NonNull as u32 => bits != [0, 0],
        // SAFETY: the caller vouches for the pattern and those in it.
        kind if kind == PatternKind::Either as u32 => unsafe {
            pattern.alternatives.get().iter().any(|alternative| fits(alternative, code, bits))
        },
        _ => false,
    }
}

fn lanes_fit(pattern: &Pattern, code: u8, bits: Bits) -> bool {
    let count = width(code).checked_div(pattern.lane_bytes).unwrap_or(0);
    count != 0
        && pattern.rules.iter().zip(0..count).all(|(rule, number)| {
            let lane = |bits: Bits| lane(bits, number, pattern.lane_bytes);
            lane_fits(*rule, pattern.lane_bytes, lane(bits), lane(pattern.bits))
        })
}

/// The lane with this number, of `bytes` bytes: a power of two, and 8 at most.
fn lane(bits: Bits, number: u32, bytes: u32) -> u64 {
    let start = 8 * bytes * number;
    let word = bits[usize::from(start >= u64::BITS)];
    let unused = u64::BITS.saturating_sub(8 * bytes);
    word >> (start % u64::BITS) << unused >> unused
}

fn lane_fits(rule: u8, bytes: u32, lane: u64, expected: u64) -> bool {
    if rule == LaneRule::Equal as u8 {
        return lane == expected;
    }
    // The exponent and the highest bit of the payload; then all bits below the sign.
    let (quiet, magnitude) = match bytes {
        4 => (0x7fc0_0000, 0x7fff_ffff),
        8 => (0x7ff8_0000_0000_0000, 0x7fff_ffff_ffff_ffff),
        _ => return false,
    };
    match rule {
        rule if rule == LaneRule::CanonicalNan as u8 => lane & magnitude == quiet,
        rule if rule == LaneRule::ArithmeticNan as u8 => lane & quiet == quiet,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::abi::Slice;

    const EQUAL: u8 = LaneRule::Equal as u8;
    const CANONICAL: u8 = LaneRule::CanonicalNan as u8;
    const ARITHMETIC: u8 = LaneRule::ArithmeticNan as u8;
    const NONE: Slice<Pattern> = Slice { start: core::ptr::null(), length: 0 };

    fn lanes(lane_bytes: u32, bits: Bits, rules: &[(usize, u8)]) -> Pattern {
        let mut all = [EQUAL; 16];
        rules.iter().for_each(|(lane, rule)| all[*lane] = *rule);
        Pattern { kind: PatternKind::Lanes as u32, lane_bytes, bits, rules: all, alternatives: NONE }
    }

    fn fits(pattern: &Pattern, code: ValueCode, bits: Bits) -> bool {
        // SAFETY: the patterns of these tests are whole.
        unsafe { super::fits(pattern, code as u8, bits) }
    }

    #[test]
    fn only_the_bits_of_the_type_count() {
        let five = lanes(4, [5, 0], &[]);
        assert!(fits(&five, ValueCode::I32, [5, 0]));
        assert!(fits(&five, ValueCode::I32, [0xdead_beef_0000_0005, 7]));
        assert!(!fits(&five, ValueCode::I32, [0x8000_0005, 0]));
        let five = lanes(8, [5, 0], &[]);
        assert!(fits(&five, ValueCode::I64, [5, 1]));
        assert!(!fits(&five, ValueCode::I64, [0x1_0000_0005, 0]));
    }

    #[test]
    fn nans_of_scalars() {
        let nan = |rule| lanes(4, [0, 0], &[(0, rule)]);
        // Bits, and whether they are a canonical and an arithmetic NaN.
        let cases = [
            (0x7fc0_0000, true, true),
            (0xffc0_0000, true, true),
            (0x7fc0_0001, false, true),
            (0xffe0_0000, false, true),
            (0x7fa0_0000, false, false),
            (0x7f80_0000, false, false),
            (0x0040_0000, false, false),
        ];
        for (bits, is_canonical, is_arithmetic) in cases {
            assert_eq!(fits(&nan(CANONICAL), ValueCode::F32, [bits, 0]), is_canonical, "{bits:#x}");
            assert_eq!(fits(&nan(ARITHMETIC), ValueCode::F32, [bits, 0]), is_arithmetic, "{bits:#x}");
        }
        let nan = lanes(8, [0, 0], &[(0, CANONICAL)]);
        assert!(fits(&nan, ValueCode::F64, [0xfff8_0000_0000_0000, 0]));
        assert!(!fits(&nan, ValueCode::F64, [0x7ff8_0000_0000_0001, 0]));
        assert!(!fits(&nan, ValueCode::F64, [0x7fc0_0000, 0]));
    }

    #[test]
    fn each_lane_of_a_vector_has_its_rule() {
        let bits = [0x1111_2222_3333_4444, 0x5555_6666_7777_8888];
        for lane_bytes in [1, 2, 4, 8] {
            let pattern = lanes(lane_bytes, bits, &[]);
            assert!(fits(&pattern, ValueCode::V128, bits));
            for bit in 0..128 {
                let mut other = bits;
                other[bit / 64] ^= 1 << (bit % 64);
                assert!(!fits(&pattern, ValueCode::V128, other), "{lane_bytes} {bit}");
            }
        }
        let pattern = lanes(4, [0x3f80_0000, 0], &[(2, ARITHMETIC), (3, CANONICAL)]);
        assert!(fits(&pattern, ValueCode::V128, [0x3f80_0000, 0xffc0_0000_7fc0_1234]));
        assert!(!fits(&pattern, ValueCode::V128, [0x3f80_0000, 0xffc0_0001_7fc0_1234]));
        assert!(!fits(&pattern, ValueCode::V128, [0x3f80_0001, 0xffc0_0000_7fc0_1234]));
    }

    #[test]
    fn references_and_alternatives() {
        let non_null = Pattern { kind: PatternKind::NonNull as u32, ..lanes(8, [0, 0], &[]) };
        assert!(fits(&non_null, ValueCode::Reference, [0x40_0000, 0]));
        assert!(!fits(&non_null, ValueCode::Reference, [0, 0]));
        let patterns = [lanes(4, [1, 0], &[]), lanes(4, [2, 0], &[])];
        let alternatives = Slice { start: patterns.as_ptr(), length: patterns.len() };
        let either = Pattern { kind: PatternKind::Either as u32, alternatives, ..lanes(0, [0, 0], &[]) };
        assert!(fits(&either, ValueCode::I32, [1, 0]) && fits(&either, ValueCode::I32, [2, 0]));
        assert!(!fits(&either, ValueCode::I32, [3, 0]));
    }

    #[test]
    fn a_pattern_without_lanes_fits_nothing() {
        assert!(!fits(&lanes(0, [0, 0], &[]), ValueCode::I32, [0, 0]));
    }
}
