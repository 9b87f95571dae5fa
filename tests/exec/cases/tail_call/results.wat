;; More results than registers: the callee writes to where the caller's caller wants them.
;; invoke: run
;; run: 1000000
;; stdout: 0
;; stdout: 1
;; stdout: 2
;; stdout: 3
;; stdout: 4
;; stdout: 5.5
;; stdout: 6.5
;; stdout: 7
;; stdout: 8
;; stdout: 9
;; stdout: 10
;; stdout: 11
;; stdout: 12
;; stdout: 13
(module
  (type $many (func (param i64) (result i64 i64 i64 i64 i64 f32 f64 i32 i64 i64 i64 i64 i64 i64)))
  (func $a (type $many)
    (if (i64.eqz (local.get 0)) (then (return_call $last (local.get 0))))
    (return_call $b (i64.sub (local.get 0) (i64.const 1))))
  (func $b (type $many)
    (if (i64.eqz (local.get 0)) (then (return_call $last (local.get 0))))
    (return_call $a (i64.sub (local.get 0) (i64.const 1))))
  (func $last (type $many)
    (local.get 0) (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (f32.const 5.5) (f64.const 6.5) (i32.const 7)
    (i64.const 8) (i64.const 9) (i64.const 10) (i64.const 11) (i64.const 12) (i64.const 13))
  (func (export "run") (type $many) (return_call $a (local.get 0))))
