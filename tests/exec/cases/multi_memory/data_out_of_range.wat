;; A segment that does not fit its memory ends instantiation; those before it are in place by then.
;; invoke: run
;; run:
;; trap: out of bounds memory access
(module
  (memory $a 1)
  (memory $b 0)
  (data (memory $a) (i32.const 0) "\01")
  (data (memory $b) (i32.const 0) "\01")
  (func (export "run")))
