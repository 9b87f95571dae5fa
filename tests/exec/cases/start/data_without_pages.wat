;; A memory without a page has room for empty segments at 0 only.
;; trap: out of bounds memory access
(module
  (memory 0)
  (data (i32.const 0) "")
  (data (i32.const 0) "a")
  (func (export "_start")))
