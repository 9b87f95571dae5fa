;; A constant expression that reads a global of the module itself.
(module
  (global $base i32 (i32.const 1000))
  (global $copy i32 (global.get $base))
  (func (export "_start")))
