(module
  (func $wrap_i64_i64 (param i64) (result i32) (i32.wrap_i64 (local.get 0)))
  (func $extend_i32_s_i32 (param i32) (result i64) (i64.extend_i32_s (local.get 0)))
  (func $extend_i32_u_i32 (param i32) (result i64) (i64.extend_i32_u (local.get 0))))
