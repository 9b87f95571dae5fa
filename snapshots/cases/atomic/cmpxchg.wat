;; Comparison and exchange; what is wider than the access is cut off before.
;; modes: guard riscv64
(module
  (memory 1 1 shared)
  (func $w8 (param i32 i32 i32 i64 i64) (result i32 i64)
    (i32.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 1) (local.get 2))
    (i64.atomic.rmw8.cmpxchg_u (local.get 0) (local.get 3) (local.get 4)))
  (func $w16 (param i32 i32 i32 i64 i64) (result i32 i64)
    (i32.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 1) (local.get 2))
    (i64.atomic.rmw16.cmpxchg_u (local.get 0) (local.get 3) (local.get 4)))
  (func $w32 (param i32 i32 i32 i64 i64) (result i32 i64)
    (i32.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2))
    (i64.atomic.rmw32.cmpxchg_u (local.get 0) (local.get 3) (local.get 4)))
  (func $w64 (param i32 i64 i64) (result i64)
    (i64.atomic.rmw.cmpxchg (local.get 0) (local.get 1) (local.get 2))))
