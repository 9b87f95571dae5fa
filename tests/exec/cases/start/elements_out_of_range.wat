;; Element segments come before data segments, so this trap is the one to see.
;; trap: out of bounds table access
(module
  (memory 1)
  (table 2 funcref)
  (elem (i32.const 1) $f $f)
  (data (i32.const 65536) "no")
  (func $f)
  (func (export "_start")))
