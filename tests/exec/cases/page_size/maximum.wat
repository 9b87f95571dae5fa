;; A maximum in bytes.
;; invoke: run
;; run: 4
;; stdout: 6
;; stdout: 10
;; run: 5
;; stdout: -1
;; stdout: 6
(module
  (memory 6 10 (pagesize 1))
  (func (export "run") (param $delta i32) (result i32 i32)
    (memory.grow (local.get $delta))
    (memory.size)))
