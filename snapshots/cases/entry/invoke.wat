;; modes: guard dynamic
;; invoke: scale
;; Arguments and results travel through memory, 8 bytes each; `_initialize` runs first.
(module
  (global $ready (mut i32) (i32.const 0))
  (func (export "_initialize") (global.set $ready (i32.const 1)))
  (func (export "scale") (param i32 i64 f32 f64) (result f64 i32)
    (f64.mul (local.get 3) (f64.convert_i32_s (local.get 0)))
    (global.get $ready)))
