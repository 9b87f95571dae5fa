;; modes: guard dynamic
;; Initial values that are known are data; the address of a function's reference is evaluated.
(module
  (global $folded (mut i32) (i32.add (i32.const 4) (i32.mul (i32.const 3) (i32.const 5))))
  (global $null (mut externref) (ref.null extern))
  (global $reference (mut funcref) (ref.func $f))
  (func $f (result i32 externref funcref)
    (global.get $folded) (global.get $null) (global.get $reference)))
