;; Nobody uses what is loaded, and yet it must not be left out: the address is out of bounds.
;; invoke: run
;; run: 65532
;; stdout: 1
;; run: 65533
;; trap: out of bounds memory access
(module
  (memory 1)
  (func (export "run") (param i32) (result i32)
    (drop (i32.load (local.get 0)))
    (i32.const 1)))
