;; Arguments are read before any of them is overwritten: rotated through registers and the stack.
;; invoke: run
;; run: 0
;; stdout: 12345678901
;; run: 1
;; stdout: 23456789011
;; run: 11000000
;; stdout: 12345678901
(module
  (func $turn (param $n i32) (param i64 i64 i64 i64 i64 i64 i64 i64 i64 i64 i64) (result i64)
    (if (result i64) (local.get $n)
      (then (return_call $turn (i32.sub (local.get $n) (i32.const 1))
        (local.get 2) (local.get 3) (local.get 4) (local.get 5) (local.get 6) (local.get 7) (local.get 8) (local.get 9)
        (local.get 10) (local.get 11) (i64.add (i64.const 0) (local.get 1))))
      (else
        (local.get 1)
        (i64.add (i64.mul (i64.const 10)) (local.get 2))
        (i64.add (i64.mul (i64.const 10)) (local.get 3))
        (i64.add (i64.mul (i64.const 10)) (local.get 4))
        (i64.add (i64.mul (i64.const 10)) (local.get 5))
        (i64.add (i64.mul (i64.const 10)) (local.get 6))
        (i64.add (i64.mul (i64.const 10)) (local.get 7))
        (i64.add (i64.mul (i64.const 10)) (local.get 8))
        (i64.add (i64.mul (i64.const 10)) (local.get 9))
        (i64.add (i64.mul (i64.const 10)) (local.get 10))
        (i64.add (i64.mul (i64.const 10)) (local.get 11)))))
  (func (export "run") (param i32) (result i64)
    (return_call $turn (local.get 0)
      (i64.const 1) (i64.const 2) (i64.const 3) (i64.const 4) (i64.const 5) (i64.const 6) (i64.const 7) (i64.const 8)
      (i64.const 9) (i64.const 0) (i64.const 1))))
