(module
  (func $and_i32 (param i32 i32) (result i32) (i32.and (local.get 0) (local.get 1)))
  (func $or_i32 (param i32 i32) (result i32) (i32.or (local.get 0) (local.get 1)))
  (func $xor_i32 (param i32 i32) (result i32) (i32.xor (local.get 0) (local.get 1)))
  (func $and_i64 (param i64 i64) (result i64) (i64.and (local.get 0) (local.get 1)))
  (func $or_i64 (param i64 i64) (result i64) (i64.or (local.get 0) (local.get 1)))
  (func $xor_i64 (param i64 i64) (result i64) (i64.xor (local.get 0) (local.get 1))))
