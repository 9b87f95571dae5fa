;; Arguments beyond the registers travel on the stack.
(module
  (func $callee (param i32 i64 f32 f64 i32 i64 i32 i64 i32 i64) (result i64)
    (i64.add (local.get 7) (local.get 9)))
  (func $caller (param i64) (result i64)
    (call $callee
      (i32.const 0) (i64.const 1) (f32.const 2) (f64.const 3) (i32.const 4)
      (i64.const 5) (i32.const 6) (local.get 0) (i32.const 8) (i64.const 9))))
