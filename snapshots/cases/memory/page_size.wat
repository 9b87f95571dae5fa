;; modes: guard dynamic
;; Pages of one byte: no memory of such is guarded, its size needs no shift, and its end need not be a multiple of anything.
(module
  (memory $fixed 10 (pagesize 1))
  (memory $growing 5 (pagesize 1))
  (memory $usual 1 (pagesize 65536))
  (func $grow (param i32) (result i32) (memory.grow $growing (local.get 0)))
  (func $size (result i32 i32 i32) (memory.size $fixed) (memory.size $growing) (memory.size $usual))
  (func $load_fixed (param i32) (result i32) (i32.load $fixed (local.get 0)))
  (func $load_growing (param i32) (result i32) (i32.load $growing (local.get 0)))
  (func $load_usual (param i32) (result i32) (i32.load $usual (local.get 0)))
  (func $last (result i32) (i32.load $fixed (i32.const 6)))
  (func $past_end (result i32) (i32.load $fixed (i32.const 7)))
  (func $wider_than_all (param i32) (result i64) (i64.load $growing (local.get 0))))
