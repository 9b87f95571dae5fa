;; modes: guard explicit dynamic
;; A segment that does not fit is found out at instantiation; those after it wait for their turn.
(module
  (memory 1)
  (table 2 funcref)
  (data (i32.const 8) "known to fit")
  (data (offset (i32.add (i32.const 65000) (i32.const 530))) "does not fit")
  (data (i32.const 24) "comes after it")
  (elem (i32.const 0) $f)
  (elem (i32.const 2) $f)
  (func $f (param i32) (call_indirect (param i32) (i32.const 1) (local.get 0))))
