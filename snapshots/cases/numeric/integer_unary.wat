;; modes: guard O0
(module
  (func $clz_i32 (param i32) (result i32) (i32.clz (local.get 0)))
  (func $ctz_i32 (param i32) (result i32) (i32.ctz (local.get 0)))
  (func $popcnt_i32 (param i32) (result i32) (i32.popcnt (local.get 0)))
  (func $clz_i64 (param i64) (result i64) (i64.clz (local.get 0)))
  (func $ctz_i64 (param i64) (result i64) (i64.ctz (local.get 0)))
  (func $popcnt_i64 (param i64) (result i64) (i64.popcnt (local.get 0))))
