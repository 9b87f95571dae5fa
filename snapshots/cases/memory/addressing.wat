;; modes: guard explicit aarch64 riscv64
;; What programs do: array elements and fields. Index arithmetic wraps at 32 bits, addresses do not.
(module
  (memory 1)
  (func $element (param $array i32) (param $index i32) (result i32)
    (i32.load (i32.add (local.get $array) (i32.shl (local.get $index) (i32.const 2)))))
  (func $field (param $object i32) (result i64)
    (i64.load offset=24 (local.get $object)))
  (func $read_modify_write (param $address i32)
    (i32.store offset=12 (local.get $address)
      (i32.add (i32.load offset=12 (local.get $address)) (i32.const 1))))
  (func $sum (param $array i32) (param $length i32) (result i32)
    (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $array))))
      (local.set $array (i32.add (local.get $array) (i32.const 4)))
      (br_if $again (local.tee $length (i32.sub (local.get $length) (i32.const 1)))))
    (local.get $sum)))
