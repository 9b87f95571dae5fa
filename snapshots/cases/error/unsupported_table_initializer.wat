;; A table whose elements start as a function.
(module
  (table 3 funcref (ref.func $f))
  (func $f (export "_start")))
