;; `pmin` and `pmax` are one instruction each; `min` and `max` have to care for zeros and NaNs.
(module
  (func $f32x4 (param v128 v128) (result v128)
    (local.get 0)
    f32x4.neg
    (local.get 1) f32x4.add
    f32x4.ceil
    (local.get 1) f32x4.sub
    f32x4.floor
    (local.get 1) f32x4.mul
    f32x4.trunc
    (local.get 1) f32x4.div
    f32x4.nearest
    (local.get 1) f32x4.min
    f32x4.abs
    (local.get 1) f32x4.pmin
    f32x4.sqrt
    (local.get 1) f32x4.pmax
    (local.get 1) f32x4.max)
  (func $f64x2 (param v128 v128) (result v128)
    (local.get 0)
    f64x2.neg
    (local.get 1) f64x2.add
    f64x2.ceil
    (local.get 1) f64x2.sub
    f64x2.floor
    (local.get 1) f64x2.mul
    f64x2.trunc
    (local.get 1) f64x2.div
    f64x2.nearest
    (local.get 1) f64x2.min
    f64x2.abs
    (local.get 1) f64x2.pmin
    f64x2.sqrt
    (local.get 1) f64x2.pmax
    (local.get 1) f64x2.max))
