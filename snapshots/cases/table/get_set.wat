;; modes: guard dynamic O0
(module
  (table $functions 4 funcref)
  (table $host 2 8 externref)
  (func $get (param i32) (result funcref) (table.get $functions (local.get 0)))
  (func $set (param i32 externref) (table.set $host (local.get 0) (local.get 1)))
  (func $swap (param i32 externref) (result externref)
    (table.get $host (local.get 0))
    (table.set $host (local.get 0) (local.get 1))))
