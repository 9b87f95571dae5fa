(module
  (func $extend8_s_i32 (param i32) (result i32) (i32.extend8_s (local.get 0)))
  (func $extend16_s_i32 (param i32) (result i32) (i32.extend16_s (local.get 0)))
  (func $extend8_s_i64 (param i64) (result i64) (i64.extend8_s (local.get 0)))
  (func $extend16_s_i64 (param i64) (result i64) (i64.extend16_s (local.get 0)))
  (func $extend32_s_i64 (param i64) (result i64) (i64.extend32_s (local.get 0))))
