;; Growth counts in 64 bits, and fails where its product, its sum or the maximum says so.
;; invoke: run
;; run: 0 0
;; stdout: 1
;; stdout: 1
;; run: 0 2
;; stdout: 1
;; stdout: 3
;; run: 0 0x1000000000000
;; stdout: -1
;; stdout: 1
;; run: 0 0x7fffffffffffffff
;; stdout: -1
;; stdout: 1
;; run: 0 -1
;; stdout: -1
;; stdout: 1
;; run: 0 0x20000000000
;; stdout: -1
;; stdout: 1
;; run: 1 2
;; stdout: 1
;; stdout: 3
;; run: 1 3
;; stdout: -1
;; stdout: 1
;; run: 1 -1
;; stdout: -1
;; stdout: 1
;; run: 2 0
;; stdout: 0
;; stdout: 0
;; run: 2 1
;; stdout: 0
;; stdout: 1
(module
  (memory $open i64 1)
  (memory $limited i64 1 3)
  (memory $all i64 0 0x1000000000000)
  (func (export "run") (param $which i32) (param $delta i64) (result i64 i64)
    (if (i32.eq (local.get $which) (i32.const 1))
      (then (return (memory.grow $limited (local.get $delta)) (memory.size $limited))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (memory.grow $all (local.get $delta)) (memory.size $all))))
    (memory.grow $open (local.get $delta))
    (memory.size $open)))
