(module
  (func $f32_demote_f64 (param f64) (result f32) (f32.demote_f64 (local.get 0)))
  (func $f64_promote_f32 (param f32) (result f64) (f64.promote_f32 (local.get 0))))
