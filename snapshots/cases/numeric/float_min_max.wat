;; NaN if either is, and -0 is less than 0: the hardware's own minimum does neither.
(module
  (func $min_f32 (param f32 f32) (result f32) (f32.min (local.get 0) (local.get 1)))
  (func $max_f32 (param f32 f32) (result f32) (f32.max (local.get 0) (local.get 1)))
  (func $min_f64 (param f64 f64) (result f64) (f64.min (local.get 0) (local.get 1)))
  (func $max_f64 (param f64 f64) (result f64) (f64.max (local.get 0) (local.get 1))))
