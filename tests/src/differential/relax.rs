//! Relaxed operators in place of some other vector operators, since the generator by itself makes few of them.
//!
//! What a module does may change: this comes before wasmc and the interpreter get what does the same.

use super::rewrite::Body;
use wasm_encoder::{InstructionSink, ValType};
use wasmparser::Operator;

/// Scratch locals of vectors: the topmost operand, and what that was for the operator before.
const TOP: usize = 0;
const LAST: usize = 1;

const NAN_F32X4: i128 = 0x7fc0_0000_7fc0_0000_7fc0_0000_7fc0_0000;
const NAN_F64X2: i128 = 0x7ff8_0000_0000_0000_7ff8_0000_0000_0000;

/// How a float vector is divided.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Lanes {
    F32,
    F64,
}

/// Writes a relaxed operator in place of `operator`, and tells whether there is one. `choice` is any number.
pub fn relax(operator: &Operator<'_>, choice: u64, body: &mut Body<'_>) -> bool {
    if is_unary(operator) {
        relax_unary(choice, body);
        return true;
    }
    let sink = &mut body.emit();
    match operator {
        Operator::V128Bitselect => select_lanes(choice, sink),
        Operator::I8x16Swizzle => sink.i8x16_relaxed_swizzle(),
        Operator::I32x4TruncSatF32x4S => sink.i32x4_relaxed_trunc_f32x4_s(),
        Operator::I32x4TruncSatF32x4U => sink.i32x4_relaxed_trunc_f32x4_u(),
        Operator::I32x4TruncSatF64x2SZero => sink.i32x4_relaxed_trunc_f64x2_s_zero(),
        Operator::I32x4TruncSatF64x2UZero => sink.i32x4_relaxed_trunc_f64x2_u_zero(),
        Operator::I16x8Q15MulrSatS => sink.i16x8_relaxed_q15mulr_s(),
        Operator::I16x8ExtMulLowI8x16S => sink.i16x8_relaxed_dot_i8x16_i7x16_s(),
        _ => return false,
    };
    true
}

/// Makes the canonical NaN of each one in the topmost vector.
pub fn canonicalize(lanes: Lanes, body: &mut Body<'_>) {
    let value = body.scratch(ValType::V128, TOP);
    let sink = &mut body.emit();
    sink.local_tee(value).v128_const(if lanes == Lanes::F32 { NAN_F32X4 } else { NAN_F64X2 });
    sink.local_get(value).local_get(value);
    if lanes == Lanes::F32 {
        sink.f32x4_eq()
    } else {
        sink.f64x2_eq()
    };
    sink.v128_bitselect();
}

/// Operators of one vector come most often: a second one is rarely on the stack.
fn is_unary(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::F32x4Abs
            | Operator::F32x4Ceil
            | Operator::F32x4ConvertI32x4S
            | Operator::F32x4ConvertI32x4U
            | Operator::F32x4Floor
            | Operator::F32x4Neg
            | Operator::F32x4Sqrt
            | Operator::F64x2Abs
            | Operator::F64x2Ceil
            | Operator::F64x2Floor
            | Operator::F64x2Neg
            | Operator::F64x2Sqrt
            | Operator::I16x8Abs
            | Operator::I16x8Neg
            | Operator::I32x4Abs
            | Operator::I32x4Neg
            | Operator::I64x2Abs
            | Operator::I64x2Neg
            | Operator::I8x16Abs
            | Operator::I8x16Neg
            | Operator::I8x16Popcnt
            | Operator::V128Not
    )
}

/// The other operands are the first one, and that of the time before.
fn relax_unary(choice: u64, body: &mut Body<'_>) {
    let [top, last] = [TOP, LAST].map(|number| body.scratch(ValType::V128, number));
    let sink = &mut body.emit();
    sink.local_tee(top).local_get(last);
    let lanes = match choice % 13 {
        0 => {
            sink.local_get(top).f32x4_relaxed_madd();
            Some(Lanes::F32)
        }
        1 => {
            sink.local_get(top).f32x4_relaxed_nmadd();
            Some(Lanes::F32)
        }
        2 => {
            sink.local_get(top).f64x2_relaxed_madd();
            Some(Lanes::F64)
        }
        3 => {
            sink.local_get(top).f64x2_relaxed_nmadd();
            Some(Lanes::F64)
        }
        4 => {
            sink.f32x4_relaxed_min();
            Some(Lanes::F32)
        }
        5 => {
            sink.f32x4_relaxed_max();
            Some(Lanes::F32)
        }
        6 => {
            sink.f64x2_relaxed_min();
            Some(Lanes::F64)
        }
        7 => {
            sink.f64x2_relaxed_max();
            Some(Lanes::F64)
        }
        8 => {
            sink.i8x16_relaxed_swizzle();
            None
        }
        9 => {
            sink.i16x8_relaxed_q15mulr_s();
            None
        }
        10 => {
            sink.i16x8_relaxed_dot_i8x16_i7x16_s();
            None
        }
        11 => {
            sink.local_get(top).i32x4_relaxed_dot_i8x16_i7x16_add_s();
            None
        }
        _ => {
            select_lanes(choice / 13, sink.local_get(top).i8x16_popcnt());
            None
        }
    };
    sink.local_get(top).local_set(last);
    if let Some(lanes) = lanes {
        canonicalize(lanes, body);
    }
}

fn select_lanes<'s, 'b>(choice: u64, sink: &'s mut InstructionSink<'b>) -> &'s mut InstructionSink<'b> {
    match choice % 4 {
        0 => sink.i8x16_relaxed_laneselect(),
        1 => sink.i16x8_relaxed_laneselect(),
        2 => sink.i32x4_relaxed_laneselect(),
        _ => sink.i64x2_relaxed_laneselect(),
    }
}
