;; modes: guard O0
;; The unlikely arm lies behind everything else, with the blocks inside it.
(module
  (func $log (param i32))
  (func $unlikely_then (param i32) (result i32)
    (@metadata.code.branch_hint "\00")
    (if (local.get 0)
      (then
        (loop $again (call $log (local.get 0)) (br_if $again (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))
        (call $log (i32.const 1))))
    (i32.add (local.get 0) (i32.const 2)))
  (func $unlikely_else (param i32) (result i32)
    (@metadata.code.branch_hint "\01")
    (if (result i32) (local.get 0)
      (then (i32.const 10))
      (else (call $log (i32.const 3)) (i32.const 20))))
  (func $without_hint (param i32) (result i32)
    (if (local.get 0) (then (call $log (i32.const 1))))
    (i32.const 2)))
