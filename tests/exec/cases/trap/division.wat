;; Division and remainder by zero, and the one quotient that does not fit.
;; invoke: run
;; run: 0 1 0
;; trap: integer divide by zero
;; run: 1 1 0
;; trap: integer divide by zero
;; run: 2 1 0
;; trap: integer divide by zero
;; run: 3 1 0
;; trap: integer divide by zero
;; run: 4 1 0
;; trap: integer divide by zero
;; run: 5 1 0
;; trap: integer divide by zero
;; run: 6 1 0
;; trap: integer divide by zero
;; run: 7 1 0
;; trap: integer divide by zero
;; run: 0 0x80000000 -1
;; trap: integer overflow
;; run: 4 0x8000000000000000 -1
;; trap: integer overflow
;; run: 1 0x80000000 0xffffffff
;; stdout: 0
;; run: 2 0x80000000 -1
;; stdout: 0
;; run: 3 0x80000000 -1
;; stdout: -2147483648
;; run: 6 0x8000000000000000 -1
;; stdout: 0
;; run: 0 -7 2
;; stdout: -3
;; run: 2 -7 2
;; stdout: -1
;; run: 4 -7 -2
;; stdout: 3
;; run: 5 -1 2
;; stdout: 9223372036854775807
;; run: 7 -1 10
;; stdout: 5
(module
  (func (export "run") (param $case i32) (param $a i64) (param $b i64) (result i64)
    (local $x i32) (local $y i32)
    (local.set $x (i32.wrap_i64 (local.get $a)))
    (local.set $y (i32.wrap_i64 (local.get $b)))
    block block block block block block block block
    (br_table 0 1 2 3 4 5 6 7 (local.get $case))
    end (return (i64.extend_i32_s (i32.div_s (local.get $x) (local.get $y))))
    end (return (i64.extend_i32_s (i32.div_u (local.get $x) (local.get $y))))
    end (return (i64.extend_i32_s (i32.rem_s (local.get $x) (local.get $y))))
    end (return (i64.extend_i32_s (i32.rem_u (local.get $x) (local.get $y))))
    end (return (i64.div_s (local.get $a) (local.get $b)))
    end (return (i64.div_u (local.get $a) (local.get $b)))
    end (return (i64.rem_s (local.get $a) (local.get $b)))
    end (i64.rem_u (local.get $a) (local.get $b))))
