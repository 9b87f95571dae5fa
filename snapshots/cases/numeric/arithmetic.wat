;; modes: guard O0
(module
  (func $add_i32 (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func $sub_i32 (param i32 i32) (result i32) (i32.sub (local.get 0) (local.get 1)))
  (func $mul_i32 (param i32 i32) (result i32) (i32.mul (local.get 0) (local.get 1)))
  (func $add_i64 (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func $sub_i64 (param i64 i64) (result i64) (i64.sub (local.get 0) (local.get 1)))
  (func $mul_i64 (param i64 i64) (result i64) (i64.mul (local.get 0) (local.get 1))))
