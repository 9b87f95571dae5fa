;; Each operator of a shape takes the result of the one before.
(module
  (func $i8x16 (param v128 v128 i32) (result v128)
    (local.get 0)
    i8x16.abs
    (local.get 1) i8x16.add
    (local.get 2) i8x16.shl
    i8x16.popcnt
    (local.get 1) i8x16.add_sat_s
    (local.get 1) i8x16.add_sat_u
    (local.get 1) i8x16.sub
    (local.get 1) i8x16.sub_sat_s
    (local.get 1) i8x16.sub_sat_u
    (local.get 1) i8x16.avgr_u
    (local.get 2) i8x16.shr_s
    i8x16.neg
    (local.get 1) i8x16.min_s
    (local.get 1) i8x16.max_u
    (local.get 1) i8x16.max_s
    (local.get 1) i8x16.min_u
    (local.get 2) i8x16.shr_u)
  (func $i16x8 (param v128 v128 i32) (result v128)
    (local.get 0)
    i16x8.abs
    (local.get 1) i16x8.add
    (local.get 2) i16x8.shl
    (local.get 1) i16x8.add_sat_s
    (local.get 1) i16x8.add_sat_u
    (local.get 1) i16x8.sub
    (local.get 1) i16x8.sub_sat_s
    (local.get 1) i16x8.sub_sat_u
    (local.get 1) i16x8.avgr_u
    (local.get 2) i16x8.shr_s
    i16x8.neg
    (local.get 1) i16x8.mul
    (local.get 1) i16x8.min_s
    (local.get 1) i16x8.max_u
    (local.get 1) i16x8.max_s
    (local.get 1) i16x8.min_u
    (local.get 1) i16x8.q15mulr_sat_s
    (local.get 2) i16x8.shr_u)
  (func $i32x4 (param v128 v128 i32) (result v128)
    (local.get 0)
    i32x4.abs
    (local.get 1) i32x4.add
    (local.get 2) i32x4.shl
    (local.get 1) i32x4.sub
    (local.get 2) i32x4.shr_s
    i32x4.neg
    (local.get 1) i32x4.mul
    (local.get 1) i32x4.min_s
    (local.get 1) i32x4.max_u
    (local.get 1) i32x4.max_s
    (local.get 1) i32x4.min_u
    (local.get 2) i32x4.shr_u)
  (func $i64x2 (param v128 v128 i32) (result v128)
    (local.get 0)
    i64x2.abs
    (local.get 1) i64x2.add
    (local.get 2) i64x2.shl
    (local.get 1) i64x2.sub
    (local.get 2) i64x2.shr_s
    i64x2.neg
    (local.get 1) i64x2.mul
    (local.get 2) i64x2.shr_u))
