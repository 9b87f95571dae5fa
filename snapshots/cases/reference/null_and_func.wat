;; modes: guard dynamic
(module
  (elem declare func $target)
  (func $target)
  (func $null (result funcref externref) (ref.null func) (ref.null extern))
  (func $is_null (param funcref) (result i32) (ref.is_null (local.get 0)))
  (func $func (result funcref) (ref.func $target))
  (func $func_is_null (result i32) (ref.is_null (ref.func $target))))
