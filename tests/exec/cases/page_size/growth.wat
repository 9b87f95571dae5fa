;; Growth counts in pages of the declared size. 4 GiB in bytes is one more than an `i32` counts, so it is never reached.
;; invoke: run
;; run: 5
;; stdout: 3
;; stdout: 8
;; stdout: 0
;; run: -3
;; stdout: -1
;; stdout: 3
;; stdout: 0
;; run: -4
;; stdout: 3
;; stdout: -1
;; stdout: 0
;; run: -1
;; stdout: -1
;; stdout: 3
;; stdout: 0
(module
  (memory 3 (pagesize 1))
  (data (i32.const 0) "abc")
  (func (export "run") (param $delta i32) (result i32 i32 i32)
    (memory.grow (local.get $delta))
    (memory.size)
    (if (result i32) (i32.gt_u (memory.size) (i32.const 3))
      (then (i32.load8_u (i32.sub (memory.size) (i32.const 1))))
      (else (i32.const 0)))))
