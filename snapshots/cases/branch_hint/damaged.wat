;; A section that ends in the middle of a hint is no error; all of it is left out.
(module
  (@custom "metadata.code.branch_hint" (before code) "\01\01\02\03\01\00\05\01")
  (func $log (param i32))
  (func $f (param i32)
    (if (local.get 0) (then (call $log (i32.const 1))))))
