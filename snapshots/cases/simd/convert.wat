(module
  (func $narrow (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i8x16.narrow_i16x8_s
    (local.get 1) i8x16.narrow_i16x8_u
    (local.get 1) i16x8.narrow_i32x4_s
    (local.get 1) i16x8.narrow_i32x4_u)
  (func $extend_i8x16 (param v128) (result v128)
    (local.get 0)
    i16x8.extend_low_i8x16_s
    i16x8.extend_low_i8x16_u
    i16x8.extend_high_i8x16_s
    i16x8.extend_high_i8x16_u)
  (func $extend_i16x8 (param v128) (result v128)
    (local.get 0)
    i32x4.extend_low_i16x8_s
    i32x4.extend_low_i16x8_u
    i32x4.extend_high_i16x8_s
    i32x4.extend_high_i16x8_u)
  (func $extend_i32x4 (param v128) (result v128)
    (local.get 0)
    i64x2.extend_low_i32x4_s
    i64x2.extend_low_i32x4_u
    i64x2.extend_high_i32x4_s
    i64x2.extend_high_i32x4_u)
  (func $f32x4 (param v128) (result v128)
    (local.get 0)
    i32x4.trunc_sat_f32x4_s
    f32x4.convert_i32x4_s
    i32x4.trunc_sat_f32x4_u
    f32x4.convert_i32x4_u)
  (func $f64x2 (param v128) (result v128)
    (local.get 0)
    i32x4.trunc_sat_f64x2_s_zero
    f64x2.convert_low_i32x4_s
    i32x4.trunc_sat_f64x2_u_zero
    f64x2.convert_low_i32x4_u)
  (func $float_width (param v128) (result v128)
    (local.get 0)
    f64x2.promote_low_f32x4
    f32x4.demote_f64x2_zero))
