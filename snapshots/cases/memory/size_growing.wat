;; modes: guard explicit dynamic
(module
  (memory 3 5)
  (func $size (result i32) (memory.size))
  (func $grow (param i32) (result i32) (memory.grow (local.get 0))))
