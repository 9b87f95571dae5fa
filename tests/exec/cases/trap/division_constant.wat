;; A constant divisor, which the optimiser knows: the trap stays, even when nobody wants the quotient.
;; invoke: run
;; run: 0
;; trap: integer divide by zero
;; run: 1
;; trap: integer divide by zero
;; run: 2
;; trap: integer overflow
;; run: 3
;; trap: integer overflow
;; run: 4
;; stdout: 0
(module
  (func (export "run") (param $case i32) (result i32)
    (if (i32.eqz (local.get $case)) (then (drop (i32.div_s (local.get $case) (i32.const 0)))))
    (if (i32.eq (local.get $case) (i32.const 1)) (then (drop (i64.rem_u (i64.const 5) (i64.const 0)))))
    (if (i32.eq (local.get $case) (i32.const 2)) (then (drop (i32.div_s (i32.const 0x80000000) (i32.const -1)))))
    (if (i32.eq (local.get $case) (i32.const 3))
      (then (drop (i64.div_s (i64.const 0x8000000000000000) (i64.extend_i32_s (i32.sub (i32.const 2) (local.get $case)))))))
    (i32.rem_s (i32.const 0x80000000) (i32.const -1))))
