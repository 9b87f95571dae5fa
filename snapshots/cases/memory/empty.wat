;; modes: guard explicit
;; A memory without a page: every access is out of bounds.
(module
  (memory 0 0)
  (func $load (param i32) (result i32) (i32.load (local.get 0)))
  (func $constant (result i32) (i32.load (i32.const 0))))
