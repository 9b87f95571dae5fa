;; Each comparison compares the mask of the one before.
(module
  (func $i8x16 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i8x16.eq
    (local.get 1) i8x16.lt_s
    (local.get 1) i8x16.lt_u
    (local.get 1) i8x16.gt_s
    (local.get 1) i8x16.gt_u
    (local.get 1) i8x16.ne
    (local.get 1) i8x16.le_s
    (local.get 1) i8x16.le_u
    (local.get 1) i8x16.ge_s
    (local.get 1) i8x16.ge_u)
  (func $i16x8 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i16x8.eq
    (local.get 1) i16x8.lt_s
    (local.get 1) i16x8.lt_u
    (local.get 1) i16x8.gt_s
    (local.get 1) i16x8.gt_u
    (local.get 1) i16x8.ne
    (local.get 1) i16x8.le_s
    (local.get 1) i16x8.le_u
    (local.get 1) i16x8.ge_s
    (local.get 1) i16x8.ge_u)
  (func $i32x4 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i32x4.eq
    (local.get 1) i32x4.lt_s
    (local.get 1) i32x4.lt_u
    (local.get 1) i32x4.gt_s
    (local.get 1) i32x4.gt_u
    (local.get 1) i32x4.ne
    (local.get 1) i32x4.le_s
    (local.get 1) i32x4.le_u
    (local.get 1) i32x4.ge_s
    (local.get 1) i32x4.ge_u)
  (func $i64x2 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) i64x2.eq
    (local.get 1) i64x2.lt_s
    (local.get 1) i64x2.gt_s
    (local.get 1) i64x2.ne
    (local.get 1) i64x2.le_s
    (local.get 1) i64x2.ge_s)
  (func $f32x4 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) f32x4.eq
    (local.get 1) f32x4.lt
    (local.get 1) f32x4.gt
    (local.get 1) f32x4.ne
    (local.get 1) f32x4.le
    (local.get 1) f32x4.ge)
  (func $f64x2 (param v128 v128) (result v128)
    (local.get 0)
    (local.get 1) f64x2.eq
    (local.get 1) f64x2.lt
    (local.get 1) f64x2.gt
    (local.get 1) f64x2.ne
    (local.get 1) f64x2.le
    (local.get 1) f64x2.ge))
