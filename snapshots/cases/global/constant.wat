;; modes: guard dynamic
;; Immutable globals are immediates and have no storage.
(module
  (global $base i32 (i32.const 1000))
  (global $computed i32 (i32.sub (i32.const 10) (i32.mul (i32.const 4) (i32.const 5))))
  (global $wide i64 (i64.add (i64.const 0x7fff_ffff_ffff_ffff) (i64.const 1)))
  (global $pi f64 (f64.const 3.14159))
  (global $function funcref (ref.func $read))
  (func $read (result i32 i64 f64)
    (i32.add (global.get $base) (global.get $computed))
    (global.get $wide)
    (global.get $pi))
  (func $reference (result funcref)
    (global.get $function)))
