;; Every operator with 64-bit operands: what fits, and what does not by its index, its length or their sum.
;; invoke: run
;; run: 0 3 0
;; stdout: 1
;; run: 0 4 0
;; trap: out of bounds table access
;; run: 0 -1 0
;; trap: out of bounds table access
;; run: 1 3 0
;; stdout: 0
;; run: 1 0x100000000 0
;; trap: out of bounds table access
;; run: 2 1 3
;; stdout: 0
;; run: 2 1 4
;; trap: out of bounds table access
;; run: 2 1 -1
;; trap: out of bounds table access
;; run: 3 2 2
;; stdout: 2
;; run: 3 3 2
;; trap: out of bounds table access
;; run: 3 -1 2
;; trap: out of bounds table access
;; run: 4 2 2
;; stdout: 2
;; run: 4 -2 2
;; trap: out of bounds table access
;; run: 5 2 2
;; stdout: 2
;; run: 5 0 -1
;; trap: out of bounds table access
;; run: 6 3 1
;; stdout: 1
;; run: 6 4 1
;; trap: out of bounds table access
(module
  (table $wide i64 4 funcref)
  (table $narrow 2 funcref)
  (elem $passive func $one $one)
  (elem (table $narrow) (i32.const 0) func $one $one)
  (func $one)
  (func $is (param $which i32) (param $expected i32) (result i32)
    (i32.eq (local.get $which) (local.get $expected)))
  (func $count (result i32)
    (i32.sub (i32.const 4)
      (i32.add
        (i32.add (ref.is_null (table.get $wide (i64.const 0))) (ref.is_null (table.get $wide (i64.const 1))))
        (i32.add (ref.is_null (table.get $wide (i64.const 2))) (ref.is_null (table.get $wide (i64.const 3)))))))
  (func (export "run") (param $which i32) (param $at i64) (param $length i64) (result i32)
    (if (call $is (local.get $which) (i32.const 0))
      (then (return (ref.is_null (table.get $wide (local.get $at))))))
    (if (call $is (local.get $which) (i32.const 1))
      (then (table.set $wide (local.get $at) (ref.null func))))
    (if (call $is (local.get $which) (i32.const 2))
      (then (table.fill $wide (local.get $at) (ref.null func) (local.get $length))))
    (if (call $is (local.get $which) (i32.const 3))
      (then (table.init $wide $passive (local.get $at) (i32.const 0) (i32.wrap_i64 (local.get $length)))))
    (if (call $is (local.get $which) (i32.const 4))
      (then (table.copy $wide $narrow (local.get $at) (i32.const 0) (i32.wrap_i64 (local.get $length)))))
    (if (call $is (local.get $which) (i32.const 5))
      (then
        (table.set $wide (i64.const 0) (ref.func $one))
        (table.copy $wide $wide (local.get $at) (i64.const 0) (local.get $length))))
    (if (call $is (local.get $which) (i32.const 6))
      (then
        (table.set $wide (local.get $at) (ref.func $one))))
    (call $count)))
