;; modes: guard aarch64 riscv64
(module
  (func $integers (result i32 i64 i64) (i32.const -1) (i64.const 0x1_0000_0000) (i64.const -2))
  (func $zeros (result f32 f64) (f32.const 0) (f64.const 0))
  (func $floats (result f32 f64) (f32.const 1.5) (f64.const -0.0))
  (func $nan (result f32) (f32.const nan:0x200000))
  (func $folded (result i32) (i32.mul (i32.add (i32.const 2) (i32.const 3)) (i32.const 7))))
