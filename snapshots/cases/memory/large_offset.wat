;; modes: guard explicit aarch64
;; Offsets around 2³¹, where they no longer fit into a displacement, and up to the largest.
(module
  (memory 1)
  (func $below (param i32) (result i32) (i32.load offset=0x7fffffff (local.get 0)))
  (func $at (param i32) (result i32) (i32.load offset=0x80000000 (local.get 0)))
  (func $largest (param i32) (result i64) (i64.load offset=0xffffffff (local.get 0)))
  (func $beyond_displacement (param i32) (result i32) (i32.load offset=0x3fffffff (local.get 0)))
  (func $store (param i32) (i32.store8 offset=0xffffffff (local.get 0) (i32.const 1))))
