//! Values and patterns of a script: the text's as the executable's, and back to text for messages.

use super::command::Pattern;
use wasmc_runtime::abi::ValueCode;
use wasmc_runtime::abi::script::{LaneRule, Value};
use wast::core::{NanPattern, V128Pattern, WastArgCore, WastRetCore};
use wast::token::{F32, F64};
use wast::{WastArg, WastRet};

/// The value of an argument, and its text; `None` for a kind of value that wasmc does not have.
pub(super) fn argument(argument: &WastArg<'_>) -> Option<Value> {
    let WastArg::Core(argument) = argument else { return None };
    let (code, bits) = match argument {
        WastArgCore::I32(value) => (ValueCode::I32, [u64::from(*value as u32), 0]),
        WastArgCore::I64(value) => (ValueCode::I64, [*value as u64, 0]),
        WastArgCore::F32(value) => (ValueCode::F32, [u64::from(value.bits), 0]),
        WastArgCore::F64(value) => (ValueCode::F64, [value.bits, 0]),
        WastArgCore::V128(value) => (ValueCode::V128, halves(u128::from_le_bytes(value.to_le_bytes()))),
        WastArgCore::RefNull(_) => (ValueCode::Reference, [0, 0]),
        WastArgCore::RefExtern(number) => (ValueCode::Reference, [host_reference(*number), 0]),
        _ => return None,
    };
    Some(Value { bits, code: code as u64 })
}

/// What a result has to be; `None` for a kind of value that wasmc does not have.
pub(super) fn pattern(result: &WastRet<'_>) -> Option<Pattern> {
    match result {
        WastRet::Core(result) => core_pattern(result),
        _ => None,
    }
}

fn core_pattern(result: &WastRetCore<'_>) -> Option<Pattern> {
    Some(match result {
        WastRetCore::I32(value) => exact(ValueCode::I32, 4, u64::from(*value as u32)),
        WastRetCore::I64(value) => exact(ValueCode::I64, 8, *value as u64),
        WastRetCore::F32(value) => {
            let (rule, bits) = float32(value);
            Pattern::Lanes { code: ValueCode::F32, bytes: 4, bits: [u64::from(bits), 0], rules: vec![rule] }
        }
        WastRetCore::F64(value) => {
            let (rule, bits) = float64(value);
            Pattern::Lanes { code: ValueCode::F64, bytes: 8, bits: [bits, 0], rules: vec![rule] }
        }
        WastRetCore::V128(value) => vector(value),
        WastRetCore::RefNull(_) => exact(ValueCode::Reference, 8, 0),
        WastRetCore::RefExtern(Some(number)) => exact(ValueCode::Reference, 8, host_reference(*number)),
        WastRetCore::RefExtern(None) | WastRetCore::RefFunc(_) => Pattern::NonNull,
        WastRetCore::Either(results) => Pattern::Either(results.iter().map(core_pattern).collect::<Option<_>>()?),
        _ => return None,
    })
}

/// Whether results of these types can be compared with the patterns.
pub(super) fn fit(patterns: &[Pattern], results: &[ValueCode]) -> bool {
    patterns.len() == results.len() && patterns.iter().zip(results).all(|(pattern, code)| fits(pattern, *code))
}

fn fits(pattern: &Pattern, code: ValueCode) -> bool {
    match pattern {
        Pattern::NonNull => code == ValueCode::Reference,
        Pattern::Either(patterns) => patterns.iter().all(|pattern| fits(pattern, code)),
        Pattern::Lanes { code: expected, .. } => *expected == code,
    }
}

/// `ref.extern n`: not null, and different for each `n`.
fn host_reference(number: u32) -> u64 {
    u64::from(number) + 1
}

fn exact(code: ValueCode, bytes: u32, bits: u64) -> Pattern {
    Pattern::Lanes { code, bytes, bits: [bits, 0], rules: vec![LaneRule::Equal] }
}

fn vector(pattern: &V128Pattern) -> Pattern {
    match pattern {
        V128Pattern::I8x16(lanes) => lanes_of(1, lanes, |lane| (LaneRule::Equal, u64::from(*lane as u8))),
        V128Pattern::I16x8(lanes) => lanes_of(2, lanes, |lane| (LaneRule::Equal, u64::from(*lane as u16))),
        V128Pattern::I32x4(lanes) => lanes_of(4, lanes, |lane| (LaneRule::Equal, u64::from(*lane as u32))),
        V128Pattern::I64x2(lanes) => lanes_of(8, lanes, |lane| (LaneRule::Equal, *lane as u64)),
        V128Pattern::F32x4(lanes) => lanes_of(4, lanes, |lane| {
            let (rule, bits) = float32(lane);
            (rule, u64::from(bits))
        }),
        V128Pattern::F64x2(lanes) => lanes_of(8, lanes, float64),
    }
}

fn lanes_of<T>(bytes: u32, lanes: &[T], read: impl Fn(&T) -> (LaneRule, u64)) -> Pattern {
    let mut all = 0u128;
    let mut rules = Vec::with_capacity(lanes.len());
    for (position, lane) in lanes.iter().enumerate() {
        let (rule, bits) = read(lane);
        all |= u128::from(bits) << (8 * bytes as usize * position);
        rules.push(rule);
    }
    Pattern::Lanes { code: ValueCode::V128, bytes, bits: halves(all), rules }
}

fn float32(pattern: &NanPattern<F32>) -> (LaneRule, u32) {
    match pattern {
        NanPattern::CanonicalNan => (LaneRule::CanonicalNan, 0),
        NanPattern::ArithmeticNan => (LaneRule::ArithmeticNan, 0),
        NanPattern::Value(value) => (LaneRule::Equal, value.bits),
    }
}

fn float64(pattern: &NanPattern<F64>) -> (LaneRule, u64) {
    match pattern {
        NanPattern::CanonicalNan => (LaneRule::CanonicalNan, 0),
        NanPattern::ArithmeticNan => (LaneRule::ArithmeticNan, 0),
        NanPattern::Value(value) => (LaneRule::Equal, value.bits),
    }
}

fn halves(bits: u128) -> [u64; 2] {
    [bits as u64, (bits >> 64) as u64]
}

/// Patterns as a message shows them.
pub(super) fn display_patterns(patterns: &[Pattern]) -> String {
    if patterns.is_empty() {
        return "success".to_owned();
    }
    let texts: Vec<String> = patterns.iter().map(display_pattern).collect();
    texts.join(" ")
}

fn display_pattern(pattern: &Pattern) -> String {
    match pattern {
        Pattern::NonNull => "(a reference that is not null)".to_owned(),
        Pattern::Either(patterns) => {
            let texts: Vec<String> = patterns.iter().map(display_pattern).collect();
            format!("(either {})", texts.join(" "))
        }
        Pattern::Lanes { code: ValueCode::V128, bytes, bits, rules } => {
            let all = u128::from(bits[0]) | u128::from(bits[1]) << 64;
            let lanes: Vec<String> = rules
                .iter()
                .enumerate()
                .map(|(position, rule)| match rule {
                    LaneRule::Equal => {
                        let width = 8 * *bytes as usize;
                        format!("{:#x}", all >> (width * position) & (u128::MAX >> (128 - width)))
                    }
                    LaneRule::CanonicalNan => "nan:canonical".to_owned(),
                    LaneRule::ArithmeticNan => "nan:arithmetic".to_owned(),
                })
                .collect();
            format!("(v128.const i{}x{} {})", 8 * bytes, rules.len(), lanes.join(" "))
        }
        Pattern::Lanes { code, bits, rules, .. } => match rules.first() {
            Some(LaneRule::CanonicalNan) => format!("({}.const nan:canonical)", float_name(*code)),
            Some(LaneRule::ArithmeticNan) => format!("({}.const nan:arithmetic)", float_name(*code)),
            _ => display_value(*code, *bits),
        },
    }
}

fn float_name(code: ValueCode) -> &'static str {
    if code == ValueCode::F32 { "f32" } else { "f64" }
}

/// A value as a message shows it.
pub(super) fn display_value(code: ValueCode, bits: [u64; 2]) -> String {
    let low = bits[0];
    match code {
        ValueCode::I32 => format!("(i32.const {})", low as u32 as i32),
        ValueCode::I64 => format!("(i64.const {})", low as i64),
        ValueCode::F32 => display_float("f32", f64::from(f32::from_bits(low as u32)), low),
        ValueCode::F64 => display_float("f64", f64::from_bits(low), low),
        ValueCode::V128 => {
            let lanes = [low as u32, (low >> 32) as u32, bits[1] as u32, (bits[1] >> 32) as u32];
            format!("(v128.const i32x4 {:#x} {:#x} {:#x} {:#x})", lanes[0], lanes[1], lanes[2], lanes[3])
        }
        ValueCode::Reference if low == 0 => "(ref.null)".to_owned(),
        ValueCode::Reference => format!("(ref {low:#x})"),
    }
}

/// A NaN is told apart by its bits.
fn display_float(name: &str, value: f64, bits: u64) -> String {
    if value.is_nan() { format!("({name}.const nan ;; bits {bits:#x})") } else { format!("({name}.const {value:?})") }
}
