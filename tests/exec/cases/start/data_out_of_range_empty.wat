;; Even an empty segment must start inside its memory or right behind it.
;; trap: out of bounds memory access
(module
  (memory 1)
  (data (i32.const 65536) "")
  (data (i32.const 65537) "")
  (func (export "_start")))
