;; What compilers make of it: 256-bit sums whose carry is an operand of its own, and a product of 128-bit integers.
;; invoke: run
;; run: -1 -1 -1 -1 1 0 0 0
;; stdout: 0
;; stdout: 0
;; stdout: 0
;; stdout: 0
;; stdout: -1
;; stdout: -1
;; run: 5 0 7 0 -6 -1 -1 -1
;; stdout: -1
;; stdout: -1
;; stdout: 6
;; stdout: 0
;; stdout: -30
;; stdout: -1
(module
  (func $add_carry (param $x i64) (param $y i64) (param $carry i64) (result i64 i64)
    (i64.add128 (i64.add128 (local.get $x) (i64.const 0) (local.get $y) (i64.const 0)) (local.get $carry) (i64.const 0)))
  (func $mul128 (param $a0 i64) (param $a1 i64) (param $b0 i64) (param $b1 i64) (result i64 i64) (local $high i64)
    (i64.mul_wide_u (local.get $a0) (local.get $b0))
    (local.set $high)
    (i64.add
      (i64.add (local.get $high) (i64.mul (local.get $a0) (local.get $b1)))
      (i64.mul (local.get $a1) (local.get $b0))))
  (func (export "run") (param i64 i64 i64 i64 i64 i64 i64 i64) (result i64 i64 i64 i64 i64 i64) (local $carry i64)
    (call $add_carry (local.get 0) (local.get 4) (i64.const 0))
    (local.set $carry)
    (call $add_carry (local.get 1) (local.get 5) (local.get $carry))
    (local.set $carry)
    (call $add_carry (local.get 2) (local.get 6) (local.get $carry))
    (local.set $carry)
    (call $add_carry (local.get 3) (local.get 7) (local.get $carry))
    (drop)
    (call $mul128 (local.get 0) (local.get 1) (local.get 4) (local.get 5))))
