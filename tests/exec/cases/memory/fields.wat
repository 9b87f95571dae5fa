;; Stores side by side trap where the first of them does that does not fit, and not before what comes before it.
;; invoke: run
;; run: 0 65524
;; stdout: 6
;; run: 0 65525
;; trap: out of bounds memory access
;; run: 0 0
;; stdout: 6
;; run: 0 -4
;; trap: out of bounds memory access
;; run: 1 65524
;; trap: integer divide by zero
;; run: 1 65525
;; trap: integer divide by zero
;; run: 1 65532
;; trap: integer divide by zero
;; run: 1 65533
;; trap: out of bounds memory access
;; run: 2 4
;; stdout: 3
;; run: 2 65528
;; stdout: 3
;; run: 2 65529
;; trap: out of bounds memory access
;; run: 2 3
;; trap: out of bounds memory access
;; run: 2 0
;; trap: out of bounds memory access
;; run: 3 65300
;; stdout: 9
;; run: 3 65301
;; trap: out of bounds memory access
(module
  (memory (export "memory") 1 4)
  (func $divide (param $index i32) (param $by i32)
    (i32.store (local.get $index) (i32.const 1))
    (i32.store offset=4 (local.get $index) (i32.div_u (i32.const 2) (local.get $by)))
    (i32.store offset=8 (local.get $index) (i32.const 3)))
  (func $sum (param $index i32) (result i32)
    (i32.add (i32.load (local.get $index))
      (i32.add (i32.load offset=4 (local.get $index)) (i32.load offset=8 (local.get $index)))))
  (func (export "run") (param $which i32) (param $index i32) (result i32)
    (block $far (block $below (block $by_zero (block $by_one
      (br_table $by_one $by_zero $below $far (local.get $which)))
      (call $divide (local.get $index) (i32.const 1))
      (return (call $sum (local.get $index))))
      (call $divide (local.get $index) (i32.const 0))
      (unreachable))
      ;; The last index is the smallest one.
      (i32.store (i32.add (local.get $index) (i32.const 4)) (i32.const 1))
      (i32.store (local.get $index) (i32.const 2))
      (i32.store (i32.sub (local.get $index) (i32.const 4)) (i32.const 3))
      (return (i32.load (i32.sub (local.get $index) (i32.const 4)))))
    ;; The last one ends further behind than a memory keeps last indices for.
    (i32.store (local.get $index) (i32.const 7))
    (i32.store offset=100 (local.get $index) (i32.const 8))
    (i32.store offset=232 (local.get $index) (i32.const 9))
    (i32.load offset=232 (local.get $index))))
