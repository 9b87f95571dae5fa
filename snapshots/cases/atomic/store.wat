;; A store is an exchange.
;; modes: guard aarch64 riscv64
(module
  (memory 1 1 shared)
  (func $store8 (param i32 i32 i64)
    (i32.atomic.store8 (local.get 0) (local.get 1))
    (i64.atomic.store8 (local.get 0) (local.get 2)))
  (func $store16 (param i32 i32 i64)
    (i32.atomic.store16 (local.get 0) (local.get 1))
    (i64.atomic.store16 (local.get 0) (local.get 2)))
  (func $store32 (param i32 i32 i64)
    (i32.atomic.store (local.get 0) (local.get 1))
    (i64.atomic.store32 (local.get 0) (local.get 2)))
  (func $store64 (param i32 i64) (i64.atomic.store (local.get 0) (local.get 1))))
