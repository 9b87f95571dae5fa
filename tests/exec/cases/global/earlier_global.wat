;; A constant expression may read any immutable global before it, of the module itself too.
;; invoke: sum
;; run:
;; stdout: 3007
(module
  (global $base i32 (i32.const 1000))
  (global $copy i32 (global.get $base))
  (global $sum (mut i32) (i32.add (global.get $copy) (i32.mul (global.get $base) (i32.const 2))))
  (memory 1)
  (data (global.get $copy) "\07")
  (table 1001 funcref)
  (elem (global.get $base) $get)
  (func $get (result i32) (i32.load8_u (global.get $copy)))
  (func (export "sum") (result i32)
    (i32.add (global.get $sum) (call_indirect (result i32) (global.get $base)))))
