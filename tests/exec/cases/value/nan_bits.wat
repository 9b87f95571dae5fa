;; Operators that only move a float keep every bit of a NaN, signalling ones too; `neg`, `abs` and `copysign` change the
;; sign alone.
;; invoke: run
;; run: 0x7fa00001 0x7ff4000000000001
;; stdout: 2141192193
;; stdout: 2141192193
;; stdout: 2141192193
;; stdout: -6291455
;; stdout: 2141192193
;; stdout: -6291455
;; stdout: 9219994337134247937
;; stdout: 9219994337134247937
;; stdout: 9219994337134247937
;; stdout: -3377699720527871
;; stdout: 9219994337134247937
;; stdout: -3377699720527871
(module
  (memory 1)
  (global $f (mut f32) (f32.const nan:0x200001))
  (global $d (mut f64) (f64.const nan:0x4000000000001))
  (func $pass32 (param f32) (result f32) (local.get 0))
  (func $pass64 (param f64) (result f64) (local.get 0))
  (func (export "run") (param $a i32) (param $b i64) (result i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i64 i64)
    (i32.reinterpret_f32 (global.get $f))
    (i32.reinterpret_f32 (call $pass32 (f32.reinterpret_i32 (local.get $a))))
    (f32.store (i32.const 0) (f32.reinterpret_i32 (local.get $a)))
    (global.set $f (f32.load (i32.const 0)))
    (i32.reinterpret_f32 (select (global.get $f) (f32.const 1) (i32.const 1)))
    (i32.reinterpret_f32 (f32.neg (global.get $f)))
    (i32.reinterpret_f32 (f32.abs (f32.neg (global.get $f))))
    (i32.reinterpret_f32 (f32.copysign (global.get $f) (f32.const -1)))
    (i64.reinterpret_f64 (global.get $d))
    (i64.reinterpret_f64 (call $pass64 (f64.reinterpret_i64 (local.get $b))))
    (f64.store (i32.const 0) (f64.reinterpret_i64 (local.get $b)))
    (global.set $d (f64.load (i32.const 0)))
    (i64.reinterpret_f64 (select (global.get $d) (f64.const 1) (i32.const 1)))
    (i64.reinterpret_f64 (f64.neg (global.get $d)))
    (i64.reinterpret_f64 (f64.abs (f64.neg (global.get $d))))
    (i64.reinterpret_f64 (f64.copysign (global.get $d) (f64.const -1)))))
