;; Invalid whatever is supported: the input is at fault, not the compiler.
(module
  (func (param v128) (result i32) (local.get 0)))
