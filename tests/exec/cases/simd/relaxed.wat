;; Where the specification leaves a result open, it is the one of the deterministic profile.
;; invoke: all
;; run: 0
;; stdout: 0x00000000000000000000000f00000000
;; stdout: 0x8000000080000000000000007fffffff
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000000ffffffff00000000ffffffff
;; stdout: 0x0000000000000000800000007fffffff
;; stdout: 0x0000000000000000ffffffff00000000
;; stdout: 0x4b8000024b8000024b8000024b800002
;; stdout: 0xcb800002cb800002cb800002cb800002
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x0f0ff0f00f0ff0f00f0ff0f00f0ff0f0
;; stdout: 0x80000000ffffffffffffffff80000000
;; stdout: 0x00000000ffffffffffffffff00000000
;; stdout: 0x00020002000200027fff7fff7fff7fff
;; stdout: 0x7fff00007f00007fc17f00007f007f00
;; stdout: 0x0000ffff000003fb0000800000007fff
(module
  ;; Bytes out of range give 0, not those of their low bits.
  (func $swizzle (param v128) (result v128)
    (i8x16.relaxed_swizzle
      (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
      (v128.or (local.get 0) (v128.const i8x16 0 16 31 127 15 128 255 240 17 100 130 144 18 32 64 96))))
  ;; Too large, NaN, too small, infinite: the nearest integer, or 0.
  (func $trunc_s (param v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_s (f32x4.add (local.get 0) (v128.const f32x4 3e9 nan -3e9 -inf))))
  (func $trunc_u_negative (param v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_u (f32x4.add (local.get 0) (v128.const f32x4 -1 nan -3e9 -inf))))
  (func $trunc_u (param v128) (result v128)
    (i32x4.relaxed_trunc_f32x4_u (f32x4.add (local.get 0) (v128.const f32x4 5e9 -5 inf -0.5))))
  (func $trunc_wide_s (param v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_s_zero (f64x2.add (local.get 0) (v128.const f64x2 3e9 -3e9))))
  (func $trunc_wide_u (param v128) (result v128)
    (i32x4.relaxed_trunc_f64x2_u_zero (f64x2.add (local.get 0) (v128.const f64x2 nan 5e9))))
  ;; 2796203.5 * 3 is rounded to 8388610 before 8388611 is added; fused, the sum is 2 more.
  (func $madd (param v128) (result v128)
    (f32x4.relaxed_madd
      (f32x4.splat (f32.const 2796203.5)) (f32x4.splat (f32.const 3))
      (f32x4.add (local.get 0) (f32x4.splat (f32.const 8388611)))))
  (func $nmadd (param v128) (result v128)
    (f32x4.relaxed_nmadd
      (f32x4.splat (f32.const 2796203.5)) (f32x4.splat (f32.const 3))
      (f32x4.sub (local.get 0) (f32x4.splat (f32.const 8388611)))))
  ;; (1 + 2^-52) (1 - 2^-52) - 1 is 0 when the product is rounded, and -2^-104 when it is not.
  (func $madd_wide (param v128) (result v128)
    (f64x2.relaxed_madd
      (f64x2.splat (f64.const 0x1.0000000000001p+0)) (f64x2.splat (f64.const 0x1.ffffffffffffep-1))
      (f64x2.sub (local.get 0) (f64x2.splat (f64.const 1)))))
  ;; Bit by bit, not by the sign of each lane.
  (func $laneselect (param v128) (result v128)
    (i8x16.relaxed_laneselect (i32x4.splat (i32.const -1)) (local.get 0) (i32x4.splat (i32.const 0x0f0ff0f0))))
  ;; NaN if either is, here shown by all ones; -0 is less than 0.
  (func $min (param v128) (result v128)
    (call $show_nan
      (f32x4.relaxed_min (f32x4.add (local.get 0) (v128.const f32x4 0 nan 1 0)) (v128.const f32x4 -0 1 nan -0))))
  (func $max (param v128) (result v128)
    (call $show_nan
      (f32x4.relaxed_max (f32x4.add (local.get 0) (v128.const f32x4 0 nan 1 0)) (v128.const f32x4 -0 1 nan -0))))
  (func $show_nan (param v128) (result v128) (v128.or (local.get 0) (f32x4.ne (local.get 0) (local.get 0))))
  ;; The one product that does not fit saturates.
  (func $q15mulr (param v128) (result v128)
    (i16x8.relaxed_q15mulr_s
      (v128.or (local.get 0) (v128.const i16x8 -32768 -32768 -32768 -32768 2 2 2 2))
      (v128.const i16x8 -32768 -32768 -32768 -32768 32767 32767 32767 32767)))
  ;; Both sides are signed, and the one sum that does not fit saturates.
  (func $dot (param v128) (result v128)
    (i16x8.relaxed_dot_i8x16_i7x16_s
      (v128.or (local.get 0) (v128.const i8x16 -128 -128 -128 -128 0 0 127 -128 1 126 -128 -128 0 0 -128 -128))
      (v128.const i8x16 -127 -127 -127 -127 1 2 -127 -1 1 1 -127 -127 3 4 -128 -128)))
  (func $dot_add (param v128) (result v128)
    (i32x4.relaxed_dot_i8x16_i7x16_add_s
      (v128.const i8x16 -128 -128 0 0 -128 0 -128 0 1 2 3 4 -128 -128 -128 -128)
      (v128.const i8x16 -128 -128 0 0 -127 0 -127 0 127 127 127 64 -128 -128 -128 -128)
      (v128.or (local.get 0) (v128.const i32x4 0 256 1 1))))
  (func (export "all") (param $zero i32)
    (result v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128 v128)
    (local $v v128)
    (local.set $v (i32x4.splat (local.get $zero)))
    (call $swizzle (local.get $v))
    (call $trunc_s (local.get $v))
    (call $trunc_u_negative (local.get $v))
    (call $trunc_u (local.get $v))
    (call $trunc_wide_s (local.get $v))
    (call $trunc_wide_u (local.get $v))
    (call $madd (local.get $v))
    (call $nmadd (local.get $v))
    (call $madd_wide (local.get $v))
    (call $laneselect (local.get $v))
    (call $min (local.get $v))
    (call $max (local.get $v))
    (call $q15mulr (local.get $v))
    (call $dot (local.get $v))
    (call $dot_add (local.get $v))))
