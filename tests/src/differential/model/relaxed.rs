//! Relaxed vector operators with the results that `docs/relaxed-simd.md` chooses.

use super::super::rewrite::Body;
use wasm_encoder::{InstructionSink, ValType};
use wasmparser::Operator;

/// Whether it is one of them.
pub fn is_relaxed(operator: &Operator<'_>) -> bool {
    matches!(
        operator,
        Operator::I8x16RelaxedSwizzle
            | Operator::I32x4RelaxedTruncF32x4S
            | Operator::I32x4RelaxedTruncF32x4U
            | Operator::I32x4RelaxedTruncF64x2SZero
            | Operator::I32x4RelaxedTruncF64x2UZero
            | Operator::F32x4RelaxedMadd
            | Operator::F32x4RelaxedNmadd
            | Operator::F64x2RelaxedMadd
            | Operator::F64x2RelaxedNmadd
            | Operator::I8x16RelaxedLaneselect
            | Operator::I16x8RelaxedLaneselect
            | Operator::I32x4RelaxedLaneselect
            | Operator::I64x2RelaxedLaneselect
            | Operator::F32x4RelaxedMin
            | Operator::F32x4RelaxedMax
            | Operator::F64x2RelaxedMin
            | Operator::F64x2RelaxedMax
            | Operator::I16x8RelaxedQ15mulrS
            | Operator::I16x8RelaxedDotI8x16I7x16S
            | Operator::I32x4RelaxedDotI8x16I7x16AddS
    )
}

/// Writes what takes the place of one of them.
pub fn write(operator: &Operator<'_>, body: &mut Body<'_>) {
    let [a, b, c] = [0, 1, 2].map(|number| body.scratch(ValType::V128, number));
    let sink = &mut body.emit();
    match operator {
        Operator::I8x16RelaxedSwizzle => sink.i8x16_swizzle(),
        Operator::I32x4RelaxedTruncF32x4S => sink.i32x4_trunc_sat_f32x4_s(),
        Operator::I32x4RelaxedTruncF32x4U => sink.i32x4_trunc_sat_f32x4_u(),
        Operator::I32x4RelaxedTruncF64x2SZero => sink.i32x4_trunc_sat_f64x2_s_zero(),
        Operator::I32x4RelaxedTruncF64x2UZero => sink.i32x4_trunc_sat_f64x2_u_zero(),
        Operator::F32x4RelaxedMadd => sink.local_set(c).f32x4_mul().local_get(c).f32x4_add(),
        Operator::F64x2RelaxedMadd => sink.local_set(c).f64x2_mul().local_get(c).f64x2_add(),
        Operator::F32x4RelaxedNmadd => {
            sink.local_set(c).local_set(b).f32x4_neg().local_get(b).f32x4_mul().local_get(c).f32x4_add()
        }
        Operator::F64x2RelaxedNmadd => {
            sink.local_set(c).local_set(b).f64x2_neg().local_get(b).f64x2_mul().local_get(c).f64x2_add()
        }
        Operator::I8x16RelaxedLaneselect
        | Operator::I16x8RelaxedLaneselect
        | Operator::I32x4RelaxedLaneselect
        | Operator::I64x2RelaxedLaneselect => sink.v128_bitselect(),
        Operator::F32x4RelaxedMin => sink.f32x4_min(),
        Operator::F32x4RelaxedMax => sink.f32x4_max(),
        Operator::F64x2RelaxedMin => sink.f64x2_min(),
        Operator::F64x2RelaxedMax => sink.f64x2_max(),
        Operator::I16x8RelaxedQ15mulrS => sink.i16x8_q15mulr_sat_s(),
        Operator::I16x8RelaxedDotI8x16I7x16S => dot(a, b, sink),
        Operator::I32x4RelaxedDotI8x16I7x16AddS => {
            dot(a, b, sink.local_set(c)).i32x4_extadd_pairwise_i16x8_s().local_get(c).i32x4_add()
        }
        _ => sink,
    };
}

/// Sums of two neighbouring products, each at full width, which the narrowing saturates.
fn dot<'s, 'b>(a: u32, b: u32, sink: &'s mut InstructionSink<'b>) -> &'s mut InstructionSink<'b> {
    sink.local_set(b).local_tee(a).local_get(b).i16x8_extmul_low_i8x16_s().i32x4_extadd_pairwise_i16x8_s();
    sink.local_get(a).local_get(b).i16x8_extmul_high_i8x16_s().i32x4_extadd_pairwise_i16x8_s();
    sink.i16x8_narrow_i32x4_s()
}
