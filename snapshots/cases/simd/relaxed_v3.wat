;; cpu: x86-64-v3
;; The processor could fuse product and sum, which would round once instead of twice.
(module
  (func $madd_f32x4 (param v128 v128 v128) (result v128)
    (f32x4.relaxed_madd (local.get 0) (local.get 1) (local.get 2)))
  (func $nmadd_f64x2 (param v128 v128 v128) (result v128)
    (f64x2.relaxed_nmadd (local.get 0) (local.get 1) (local.get 2))))
