;; Nothing is left to do at instantiation: there is no code for it.
(module
  (memory 1)
  (global $g (mut i32) (i32.const 9))
  (global $null (mut funcref) (ref.null func))
  (data (i32.const 16) "image")
  (func $get (result i32) (global.get $g)))
