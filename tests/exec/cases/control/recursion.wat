;; Functions that call each other, before and after their definition.
;; invoke: fibonacci
;; run: 20
;; stdout: 6765
(module
  (func (export "fibonacci") (param i32) (result i64)
    (if (result i64) (i32.lt_u (local.get 0) (i32.const 2))
      (then (i64.extend_i32_u (local.get 0)))
      (else (call $sum (i32.sub (local.get 0) (i32.const 1)) (i32.sub (local.get 0) (i32.const 2))))))
  (func $sum (param i32 i32) (result i64)
    (i64.add (call 0 (local.get 0)) (call 0 (local.get 1)))))
