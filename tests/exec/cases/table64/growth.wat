;; Growth of tables counts in 64 bits, and fails where its sum, the maximum or the machine says so.
;; invoke: run
;; run: 0 0
;; stdout: 2
;; stdout: 2
;; run: 0 1000
;; stdout: 2
;; stdout: 1002
;; run: 0 -1
;; stdout: -1
;; stdout: 2
;; run: 0 0x1000000000000000
;; stdout: -1
;; stdout: 2
;; run: 0 0x2000000000000000
;; stdout: -1
;; stdout: 2
;; run: 1 3
;; stdout: 2
;; stdout: 5
;; run: 1 4
;; stdout: -1
;; stdout: 2
;; run: 2 -1
;; stdout: -1
;; stdout: 0
(module
  (table $open i64 2 funcref)
  (table $limited i64 2 5 funcref)
  (table $all i64 0 0xffffffffffffffff funcref)
  (func (export "run") (param $which i32) (param $delta i64) (result i64 i64)
    (if (i32.eq (local.get $which) (i32.const 1))
      (then (return (table.grow $limited (ref.null func) (local.get $delta)) (table.size $limited))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (table.grow $all (ref.null func) (local.get $delta)) (table.size $all))))
    (table.grow $open (ref.null func) (local.get $delta))
    (table.size $open)))
