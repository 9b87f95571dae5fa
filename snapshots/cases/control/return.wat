(module
  (func $early (param i32) (result i32)
    (if (local.get 0) (then (return (i32.const 1))))
    (i32.const 2))
  (func $many (param i32) (result i32 i64 f64)
    (return (local.get 0) (i64.const 2) (f64.const 3))))
