;; modes: guard explicit
(module
  (memory 2)
  (func $i32_store (param i32 i32) (i32.store offset=4 (local.get 0) (local.get 1)))
  (func $i64_store (param i32 i64) (i64.store offset=4 (local.get 0) (local.get 1)))
  (func $f32_store (param i32 f32) (f32.store offset=4 (local.get 0) (local.get 1)))
  (func $f64_store (param i32 f64) (f64.store offset=4 (local.get 0) (local.get 1)))
  (func $i32_store8 (param i32 i32) (i32.store8 offset=4 (local.get 0) (local.get 1)))
  (func $i32_store16 (param i32 i32) (i32.store16 offset=4 (local.get 0) (local.get 1)))
  (func $i64_store8 (param i32 i64) (i64.store8 offset=4 (local.get 0) (local.get 1)))
  (func $i64_store16 (param i32 i64) (i64.store16 offset=4 (local.get 0) (local.get 1)))
  (func $i64_store32 (param i32 i64) (i64.store32 offset=4 (local.get 0) (local.get 1))))
