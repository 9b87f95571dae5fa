;; Results that are easily got wrong: signed zeros, NaN in min and max, rounding to even, denormals.
;; invoke: run
;; stdout: -0
;; stdout: 0
;; stdout: NaN
;; stdout: NaN
;; stdout: -2
;; stdout: 2
;; stdout: -0
;; stdout: 4
;; stdout: -1
;; stdout: 1
;; stdout: 1
;; stdout: inf
;; stdout: NaN
;; stdout: 1
;; stdout: 16777216
;; stdout: 18446744073709552000
;; stdout: 9007199254740992
;; stdout: -0
(module
  (func $id (param f64) (result f64) (local.get 0))
  (func (export "run")
    (result f64 f64 f64 f64 f64 f64 f64 f64 f64 i32 i32 f64 f64 i32 f32 f64 f64 f64)
    (f64.min (call $id (f64.const 0)) (call $id (f64.const -0)))
    (f64.max (call $id (f64.const 0)) (call $id (f64.const -0)))
    (f64.min (call $id (f64.const nan)) (call $id (f64.const 1)))
    (f64.max (call $id (f64.const 1)) (call $id (f64.const nan)))
    (f64.nearest (call $id (f64.const -2.5)))
    (f64.nearest (call $id (f64.const 1.5)))
    (f64.nearest (call $id (f64.const -0.5)))
    (f64.ceil (call $id (f64.const 3.000001)))
    (f64.trunc (call $id (f64.const -1.9)))
    (f64.ne (call $id (f64.const nan)) (call $id (f64.const nan)))
    (f64.eq (call $id (f64.const 0)) (call $id (f64.const -0)))
    (f64.div (call $id (f64.const 1)) (call $id (f64.const 0)))
    (f64.sqrt (call $id (f64.const -1)))
    (f64.gt (f64.mul (call $id (f64.const 0x1p-1074)) (f64.const 1)) (f64.const 0))
    (f32.convert_i32_u (i32.const 16777217))
    (f64.convert_i64_u (i64.const -1))
    (f64.convert_i64_s (i64.const 9007199254740993))
    (f64.copysign (call $id (f64.const 0)) (f64.const -3))))
