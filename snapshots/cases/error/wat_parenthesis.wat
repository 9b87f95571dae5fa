(module
  (func $f
    (nop))
