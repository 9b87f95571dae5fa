;; On x86-64 every aligned load is atomic; none of them is made twice into one.
(module
  (memory 1 1 shared)
  (func $load8 (param i32) (result i32 i64) (i32.atomic.load8_u (local.get 0)) (i64.atomic.load8_u (local.get 0)))
  (func $load16 (param i32) (result i32 i64) (i32.atomic.load16_u (local.get 0)) (i64.atomic.load16_u (local.get 0)))
  (func $load32 (param i32) (result i32 i64) (i32.atomic.load (local.get 0)) (i64.atomic.load32_u (local.get 0)))
  (func $load64 (param i32) (result i64 i64) (i64.atomic.load (local.get 0)) (i64.atomic.load (local.get 0))))
