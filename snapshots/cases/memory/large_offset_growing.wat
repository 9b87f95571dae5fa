;; modes: explicit dynamic
;; An offset beyond the minimum: the sum is compared with the length, and does not wrap. One beyond the maximum is a trap.
(module
  (memory 1)
  (func $grow (result i32) (memory.grow (i32.const 1)))
  (func $last_byte_of_minimum (param i32) (result i32) (i32.load8_u offset=65535 (local.get 0)))
  (func $past_minimum (param i32) (result i32) (i32.load8_u offset=65536 (local.get 0)))
  (func $largest (param i32) (result i64) (i64.load offset=0xffffffff (local.get 0))))
