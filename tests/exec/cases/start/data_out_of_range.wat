;; A data segment that does not fit is a trap when the program starts; the start function does not run.
;; trap: out of bounds memory access
(module
  (memory 1)
  (data (i32.const 0) "fits")
  (data (i32.const 65535) "no")
  (start $init)
  (func $init unreachable)
  (func (export "_start")))
