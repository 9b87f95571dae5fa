;; trap: out of bounds table access
(module
  (table 2 funcref)
  (elem (i32.const 2))
  (elem (i32.const 3))
  (func (export "_start")))
