;; 4 GiB from the start: the last byte is in bounds, and an access across the end is not.
;; invoke: run
;; run: 0xffffffff
;; stdout: 0
;; run: 0xfffffffc
;; trap: out of bounds memory access
(module
  (memory 65536)
  (func (export "run") (param i32) (result i32)
    (if (i32.eq (local.get 0) (i32.const 0xfffffffc)) (then (drop (i64.load (local.get 0)))))
    (i32.load8_u (local.get 0))))
