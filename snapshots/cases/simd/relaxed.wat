;; The choices of the deterministic profile: a result never depends on the processor.
;; modes: guard aarch64
(module
  (func $swizzle (param v128 v128) (result v128) (i8x16.relaxed_swizzle (local.get 0) (local.get 1)))
  (func $trunc (param v128) (result v128)
    (local.get 0)
    i32x4.relaxed_trunc_f32x4_s
    i32x4.relaxed_trunc_f32x4_u
    i32x4.relaxed_trunc_f64x2_s_zero
    i32x4.relaxed_trunc_f64x2_u_zero)
  (func $madd_f32x4 (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func $nmadd_f32x4 (param v128 v128 v128) (result v128)
    (f32x4.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
  (func $madd_f64x2 (param v128 v128 v128) (result v128)
    (f64x2.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func $nmadd_f64x2 (param v128 v128 v128) (result v128)
    (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2)))
  (func $laneselect (param v128 v128 v128) (result v128)
    (local.get 0)
    (local.get 1) (local.get 2) i8x16.relaxed_laneselect
    (local.get 1) (local.get 2) i16x8.relaxed_laneselect
    (local.get 1) (local.get 2) i32x4.relaxed_laneselect
    (local.get 1) (local.get 2) i64x2.relaxed_laneselect)
  (func $min_max (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) f32x4.relaxed_min
    (local.get 1) f32x4.relaxed_max
    (local.get 1) f64x2.relaxed_min
    (local.get 1) f64x2.relaxed_max)
  (func $q15mulr (param v128 v128) (result v128) (i16x8.relaxed_q15mulr_s (local.get 0) (local.get 1)))
  (func $dot (param v128 v128) (result v128) (i16x8.relaxed_dot_i8x16_i7x16_s (local.get 0) (local.get 1)))
  (func $dot_add (param v128 v128 v128) (result v128)
    (i32x4.relaxed_dot_i8x16_i7x16_add_s (local.get 0) (local.get 1) (local.get 2))))
