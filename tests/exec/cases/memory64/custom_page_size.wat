;; 64-bit indices and pages of one byte.
;; invoke: run
;; run: 0 1
;; stdout: 513
;; stdout: 3
;; run: 0 2
;; trap: out of bounds memory access
;; run: 1 2
;; stdout: 2
;; stdout: 4
;; run: -3 1
;; stdout: 513
;; stdout: 3
(module
  (memory i64 3 (pagesize 1))
  (data (i64.const 0) "\00\01\02")
  (func (export "run") (param $delta i64) (param $at i64) (result i32 i64)
    (drop (memory.grow (local.get $delta)))
    (i32.load16_u (local.get $at))
    (memory.size)))
