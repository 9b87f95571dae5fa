;; All that is missing is named at once.
(module
  (memory i64 1)
  (func $f (param v128) (return_call $f (local.get 0))))
