;; An offset is not signed.
;; trap: out of bounds memory access
(module
  (memory 1)
  (data (i32.const -1) "ab")
  (func (export "_start")))
