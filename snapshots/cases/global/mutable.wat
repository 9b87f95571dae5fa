;; modes: guard dynamic O0
(module
  (global $i32 (mut i32) (i32.const 5))
  (global $i64 (mut i64) (i64.const -1))
  (global $f32 (mut f32) (f32.const 1.5))
  (global $f64 (mut f64) (f64.const -0.0))
  (func $increment (result i32)
    (global.set $i32 (i32.add (global.get $i32) (i32.const 1)))
    (global.get $i32))
  (func $others
    (global.set $i64 (i64.mul (global.get $i64) (i64.const 3)))
    (global.set $f32 (f32.neg (global.get $f32)))
    (global.set $f64 (f64.neg (global.get $f64)))))
