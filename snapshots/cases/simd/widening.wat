;; Products and sums in lanes twice as wide.
(module
  (func $i16x8 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i16x8.extmul_low_i8x16_s
    (local.get 1) i16x8.extmul_low_i8x16_u
    (local.get 1) i16x8.extmul_high_i8x16_s
    (local.get 1) i16x8.extmul_high_i8x16_u
    i16x8.extadd_pairwise_i8x16_s
    i16x8.extadd_pairwise_i8x16_u)
  (func $i32x4 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i32x4.extmul_low_i16x8_s
    (local.get 1) i32x4.extmul_low_i16x8_u
    (local.get 1) i32x4.extmul_high_i16x8_s
    (local.get 1) i32x4.extmul_high_i16x8_u
    i32x4.extadd_pairwise_i16x8_s
    i32x4.extadd_pairwise_i16x8_u
    (local.get 1) i32x4.dot_i16x8_s)
  (func $i64x2 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i64x2.extmul_low_i32x4_s
    (local.get 1) i64x2.extmul_low_i32x4_u
    (local.get 1) i64x2.extmul_high_i32x4_s
    (local.get 1) i64x2.extmul_high_i32x4_u))
