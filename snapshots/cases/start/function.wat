;; modes: guard dynamic
(module
  (memory 1)
  (start $start)
  (func $start (i32.store (i32.const 0) (i32.const 42))))
