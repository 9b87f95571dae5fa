;; Operators whose operands the optimiser knows give what they give at run time.
;; invoke: pairs
;; run: 0
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000000000000000000000000000000
(module
  ;; Each result is the exclusive or of the same operator with and without a known operand.
  (func (export "pairs") (param $zero i32) (result v128 v128 v128 v128 v128 v128 v128)
    (local $unknown v128)
    (local.set $unknown (i16x8.splat (i32.add (local.get $zero) (i32.const 0x8041))))
    (v128.xor (i8x16.shr_s (i16x8.splat (i32.const 0x8041)) (i32.const 11))
      (i8x16.shr_s (local.get $unknown) (i32.add (local.get $zero) (i32.const 3))))
    (v128.xor (i64x2.mul (i16x8.splat (i32.const 0x8041)) (i64x2.splat (i64.const 0x123456789)))
      (i64x2.mul (local.get $unknown) (i64x2.splat (i64.const 0x123456789))))
    (v128.xor (i8x16.popcnt (i16x8.splat (i32.const 0x8041))) (i8x16.popcnt (local.get $unknown)))
    (v128.xor (i32x4.dot_i16x8_s (i16x8.splat (i32.const 0x8041)) (i16x8.splat (i32.const 0x8041)))
      (i32x4.dot_i16x8_s (local.get $unknown) (local.get $unknown)))
    (v128.xor (f64x2.convert_low_i32x4_u (i16x8.splat (i32.const 0x8041)))
      (f64x2.convert_low_i32x4_u (local.get $unknown)))
    (v128.xor (i32x4.extadd_pairwise_i16x8_u (i16x8.splat (i32.const 0x8041)))
      (i32x4.extadd_pairwise_i16x8_u (local.get $unknown)))
    (v128.xor (i32x4.trunc_sat_f64x2_s_zero (f64x2.splat (f64.const -1e10)))
      (i32x4.trunc_sat_f64x2_s_zero
        (f64x2.splat (f64.sub (f64.convert_i32_s (local.get $zero)) (f64.const 1e10)))))))
