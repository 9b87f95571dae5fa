;; An offset that the segment's length would carry around zero is out of bounds.
;; invoke: run
;; run:
;; trap: out of bounds memory access
(module
  (memory i64 1)
  (data (i64.const -1) "ab")
  (func (export "run")))
