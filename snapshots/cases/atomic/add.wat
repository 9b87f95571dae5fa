;; An addition is one instruction, whether its result is used or not.
;; modes: guard aarch64 riscv64
(module
  (memory 1 1 shared)
  (func $w8 (param i32 i32 i64) (result i32 i64)
    (i32.atomic.rmw8.add_u (local.get 0) (local.get 1)) (i64.atomic.rmw8.add_u (local.get 0) (local.get 2)))
  (func $w16 (param i32 i32 i64) (result i32 i64)
    (i32.atomic.rmw16.add_u (local.get 0) (local.get 1)) (i64.atomic.rmw16.add_u (local.get 0) (local.get 2)))
  (func $w32 (param i32 i32 i64) (result i32 i64)
    (i32.atomic.rmw.add (local.get 0) (local.get 1)) (i64.atomic.rmw32.add_u (local.get 0) (local.get 2)))
  (func $w64 (param i32 i64) (result i64) (i64.atomic.rmw.add (local.get 0) (local.get 1)))
  (func $unused (param i32 i32) (drop (i32.atomic.rmw.add (local.get 0) (local.get 1)))))
