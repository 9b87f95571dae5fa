;; modes: guard dynamic
(module
  (table $fixed 3 funcref)
  (table $growing 1 10 externref)
  (func $constant_size (result i32) (table.size $fixed))
  (func $size (result i32) (table.size $growing))
  (func $grow (param externref i32) (result i32) (table.grow $growing (local.get 0) (local.get 1)))
  (func $fill (param i32 externref i32) (table.fill $growing (local.get 0) (local.get 1) (local.get 2))))
