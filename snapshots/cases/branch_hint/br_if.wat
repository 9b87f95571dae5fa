;; What follows a branch that is likely is cold, up to where another way leads to; what only unlikely branches lead to is
;; cold as well. The exit of a loop is not: each loop has one.
(module
  (func $log (param i32))
  (func $likely (param i32) (result i32)
    (block $common
      (@metadata.code.branch_hint "\01")
      (br_if $common (local.get 0))
      (call $log (i32.const 1)))
    (i32.const 2))
  (func $unlikely (param i32 i32) (result i32)
    (block $failure
      (@metadata.code.branch_hint "\00")
      (br_if $failure (local.get 0))
      (@metadata.code.branch_hint "\00")
      (br_if $failure (local.get 1))
      (return (i32.const 1)))
    (if (local.get 0) (then (call $log (i32.const 2))))
    (i32.const 3))
  (func $unlikely_with_operand (param i32 i32) (result i32)
    (block $join (result i32)
      (@metadata.code.branch_hint "\00")
      (br_if $join (i32.const 7) (local.get 0))
      (drop)
      (i32.mul (local.get 1) (local.get 1))))
  (func $loop (param i32) (result i32)
    (loop $again
      (local.set 0 (i32.sub (local.get 0) (i32.const 1)))
      (@metadata.code.branch_hint "\01")
      (br_if $again (local.get 0)))
    (i32.const 4)))
