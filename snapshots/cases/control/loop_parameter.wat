;; A loop that takes and gives operands.
(module
  (func $power_of_two_above (param $n i32) (result i32)
    (local $power i32)
    (i32.const 1)
    (loop $again (param i32) (result i32)
      (local.tee $power (i32.shl (i32.const 1)))
      (br_if $again (i32.le_u (local.get $power) (local.get $n))))))
