;; modes: guard explicit dynamic
;; Alignment is checked first, with the index's lowest bits and the offset's; a constant index needs no check.
(module
  (memory 1 4 shared)
  (func $grow (result i32) (memory.grow (i32.const 1)))
  (func $load (param i32) (result i32) (i32.atomic.load offset=8 (local.get 0)))
  (func $unaligned_offset (param i32) (result i64) (i64.atomic.load offset=5 (local.get 0)))
  (func $byte (param i32) (result i32) (i32.atomic.load8_u (local.get 0)))
  (func $constant (result i64) (i64.atomic.load (i32.const 16)))
  (func $constant_unaligned (result i64) (i64.atomic.load (i32.const 12)))
  (func $store (param i32 i64) (i64.atomic.store (local.get 0) (local.get 1)))
  (func $increment (param i32) (drop (i32.atomic.rmw.add (local.get 0) (i32.const 1))))
  (func $add (param i32 i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
  (func $lock (param i32)
    (loop $again
      (br_if $again (i32.atomic.rmw.cmpxchg (local.get 0) (i32.const 0) (i32.const 1))))))
