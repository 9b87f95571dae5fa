;; modes: guard explicit dynamic
;; 64-bit indices: never guarded. A length that may change is loaded, and what the access needs is taken off it, which
;; cannot wrap as a sum could; an access that ends beyond the minimum first compares the length with that.
(module
  (memory $growing i64 1)
  (memory $fixed i64 1)
  (func $grow (param i64) (result i64) (memory.grow $growing (local.get 0)))
  (func $size (result i64 i64) (memory.size $growing) (memory.size $fixed))
  (func $load (param i64) (result i32) (i32.load $growing offset=8 (local.get 0)))
  (func $load_byte (param i64) (result i32) (i32.load8_u $growing (local.get 0)))
  (func $load_at_i32 (param i32) (result i32) (i32.load $growing (i64.extend_i32_u (local.get 0))))
  (func $store (param i64 i64) (i64.store $growing (local.get 0) (local.get 1)))
  (func $load_fixed (param i64) (result i32) (i32.load $fixed offset=8 (local.get 0)))
  (func $same_index (param i64) (result i32)
    (i32.add (i32.load $growing offset=4 (local.get 0)) (i32.load $growing (local.get 0))))
  (func $fields (param i64) (result i32)
    (i32.add (i32.load $growing (local.get 0)) (i32.load $growing offset=4 (local.get 0))))
  (func $constant_index (result i32) (i32.load $growing (i64.const 65532)))
  (func $past_minimum (param i64) (result i32) (i32.load $growing offset=65536 (local.get 0)))
  (func $past_4_gib (param i64) (result i32) (i32.load $growing offset=0x100000000 (local.get 0)))
  (func $past_everything (param i64) (result i32) (i32.load $growing offset=0xfffffffffffffffc (local.get 0))))
