;; Bodies are validated in parallel; the first invalid one is reported.
(module
  (func (result i32) (f32.const 0))
  (func (result i32) (f64.const 0)))
