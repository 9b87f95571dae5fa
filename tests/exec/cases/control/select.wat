;; `select` of every type; only the lowest 32 bits decide, and any that is set.
;; invoke: run
;; run: 1
;; stdout: 1
;; stdout: 1
;; stdout: 1.5
;; stdout: 1.25
;; stdout: <reference>
;; run: 0
;; stdout: 2
;; stdout: 2
;; stdout: 2.5
;; stdout: 2.25
;; stdout: <null reference>
;; run: 0x80000000
;; stdout: 1
;; stdout: 1
;; stdout: 1.5
;; stdout: 1.25
;; stdout: <reference>
(module
  (elem declare func $f)
  (func $f)
  (func (export "run") (param i32) (result i32 i64 f32 f64 funcref)
    (select (i32.const 1) (i32.const 2) (local.get 0))
    (select (i64.const 1) (i64.const 2) (local.get 0))
    (select (f32.const 1.5) (f32.const 2.5) (local.get 0))
    (select (f64.const 1.25) (f64.const 2.25) (local.get 0))
    (select (result funcref) (ref.func $f) (ref.null func) (local.get 0))))
