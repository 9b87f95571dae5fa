;; modes: guard explicit dynamic O0
;; The memory may grow: an explicit check loads its length.
(module
  (memory 1)
  (func $grow (param i32) (result i32) (memory.grow (local.get 0)))
  (func $load (param i32) (result i32) (i32.load offset=8 (local.get 0)))
  (func $store (param i32 i64) (i64.store (local.get 0) (local.get 1)))
  (func $around_growth (param i32) (result i32)
    (drop (i32.load (local.get 0)))
    (drop (memory.grow (i32.const 1)))
    (i32.load (local.get 0))))
