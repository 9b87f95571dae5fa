;; A segment may end at the memory's last byte and not one behind it.
;; invoke: run
;; run:
;; trap: out of bounds memory access
(module
  (memory 3 (pagesize 1))
  (data (i32.const 0) "abc")
  (data (i32.const 1) "abc")
  (func (export "run")))
