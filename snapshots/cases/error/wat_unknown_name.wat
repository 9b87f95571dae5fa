(module
  (func $f
    (call $nowhere)))
