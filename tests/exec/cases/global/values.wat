;; Globals of every type, constant and mutable, and a constant expression that computes.
;; invoke: run
;; stdout: 7
;; stdout: -9
;; stdout: 1.5
;; stdout: -0.25
;; stdout: 42
;; stdout: 1
;; stdout: 1
;; stdout: 8
(module
  (global $a (mut i32) (i32.const 7))
  (global $b i64 (i64.const -9))
  (global $c (mut f32) (f32.const 1.5))
  (global $d f64 (f64.const -0.25))
  (global $e i32 (i32.add (i32.mul (i32.const 6) (i32.const 6)) (i32.const 6)))
  (global $f funcref (ref.func $f))
  (global $g (mut externref) (ref.null extern))
  (func $f)
  (func $change (global.set $a (i32.add (global.get $a) (i32.const 1))))
  (func (export "run") (result i32 i64 f32 f64 i32 i32 i32 i32)
    (global.get $a) (global.get $b) (global.get $c) (global.get $d) (global.get $e)
    (i32.eqz (ref.is_null (global.get $f))) (ref.is_null (global.get $g))
    (call $change)
    (global.get $a)))
