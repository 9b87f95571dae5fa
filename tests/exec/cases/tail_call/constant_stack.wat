;; Functions that call each other in turn, on the smallest stack: ten million frames would take hundreds of megabytes.
;; invoke: run
;; stack-size: 131072
;; run: 0
;; stdout: 44
;; run: 7
;; stdout: 99
;; run: 10000000
;; stdout: 44
;; run: 10000001
;; stdout: 99
(module
  (func $even (param i64) (result i32)
    (if (i64.eqz (local.get 0)) (then (return (i32.const 44))))
    (return_call $odd (i64.sub (local.get 0) (i64.const 1))))
  (func $odd (param i64) (result i32)
    (if (result i32) (i64.eqz (local.get 0))
      (then (i32.const 99))
      (else (return_call $even (i64.sub (local.get 0) (i64.const 1))))))
  (func (export "run") (param i64) (result i32) (return_call $even (local.get 0))))
