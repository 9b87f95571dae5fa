;; A NaN is unequal to everything and in no other relation.
(module
  (func $eq_f32 (param f32 f32) (result i32) (f32.eq (local.get 0) (local.get 1)))
  (func $ne_f32 (param f32 f32) (result i32) (f32.ne (local.get 0) (local.get 1)))
  (func $lt_f32 (param f32 f32) (result i32) (f32.lt (local.get 0) (local.get 1)))
  (func $gt_f32 (param f32 f32) (result i32) (f32.gt (local.get 0) (local.get 1)))
  (func $le_f32 (param f32 f32) (result i32) (f32.le (local.get 0) (local.get 1)))
  (func $ge_f32 (param f32 f32) (result i32) (f32.ge (local.get 0) (local.get 1)))
  (func $eq_f64 (param f64 f64) (result i32) (f64.eq (local.get 0) (local.get 1)))
  (func $ne_f64 (param f64 f64) (result i32) (f64.ne (local.get 0) (local.get 1)))
  (func $lt_f64 (param f64 f64) (result i32) (f64.lt (local.get 0) (local.get 1)))
  (func $gt_f64 (param f64 f64) (result i32) (f64.gt (local.get 0) (local.get 1)))
  (func $le_f64 (param f64 f64) (result i32) (f64.le (local.get 0) (local.get 1)))
  (func $ge_f64 (param f64 f64) (result i32) (f64.ge (local.get 0) (local.get 1))))
