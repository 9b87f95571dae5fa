;; modes: guard explicit aarch64 riscv64
;; Every width. The memory never grows, so an explicit check compares with a constant.
(module
  (memory 2)
  (func $i32_load (param i32) (result i32) (i32.load offset=4 (local.get 0)))
  (func $i64_load (param i32) (result i64) (i64.load offset=4 (local.get 0)))
  (func $f32_load (param i32) (result f32) (f32.load offset=4 (local.get 0)))
  (func $f64_load (param i32) (result f64) (f64.load offset=4 (local.get 0)))
  (func $i32_load8_s (param i32) (result i32) (i32.load8_s offset=4 (local.get 0)))
  (func $i32_load8_u (param i32) (result i32) (i32.load8_u offset=4 (local.get 0)))
  (func $i32_load16_s (param i32) (result i32) (i32.load16_s offset=4 (local.get 0)))
  (func $i32_load16_u (param i32) (result i32) (i32.load16_u offset=4 (local.get 0)))
  (func $i64_load8_s (param i32) (result i64) (i64.load8_s offset=4 (local.get 0)))
  (func $i64_load8_u (param i32) (result i64) (i64.load8_u offset=4 (local.get 0)))
  (func $i64_load16_s (param i32) (result i64) (i64.load16_s offset=4 (local.get 0)))
  (func $i64_load16_u (param i32) (result i64) (i64.load16_u offset=4 (local.get 0)))
  (func $i64_load32_s (param i32) (result i64) (i64.load32_s offset=4 (local.get 0)))
  (func $i64_load32_u (param i32) (result i64) (i64.load32_u offset=4 (local.get 0))))
