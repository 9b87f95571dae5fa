;; Vectors among other results, more than fit into registers: each is written as 32 hexadecimal digits.
;; invoke: mixed
;; run: 7
;; stdout: 7
;; stdout: 0x0f0e0d0c0b0a09080706050403020100
;; stdout: 1.5
;; stdout: 0x00000007000000070000000700000007
;; stdout: -1
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0xffffffffffffffffffffffffffffffff
;; stdout: 0x40000000000000003ff0000000000000
;; stdout: 0x0000000000000000000000000000002a
;; stdout: 0x80000000000000000000000000000001
;; stdout: 0x00080007000600050004000300020001
;; stdout: 0x3f8000003f8000003f8000003f800000
(module
  (type $mixed (func (param i32) (result i32 v128 f64 v128 i64 v128 v128 v128 v128 v128 v128 v128)))
  (func $mixed (export "mixed") (type $mixed)
    (local.get 0)
    (v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15)
    (f64.const 1.5)
    (i32x4.splat (local.get 0))
    (i64.const -1)
    (v128.const i64x2 0 0)
    (v128.const i64x2 -1 -1)
    (v128.const f64x2 1 2)
    (v128.const i64x2 42 0)
    (v128.const i64x2 1 0x8000000000000000)
    (v128.const i16x8 1 2 3 4 5 6 7 8)
    (v128.const f32x4 1 1 1 1)))
