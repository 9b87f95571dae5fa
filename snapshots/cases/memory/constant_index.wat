;; modes: guard explicit
;; A constant index within the minimum needs no check, in a memory that grows as well.
(module
  (memory 1)
  (func $grow (result i32) (memory.grow (i32.const 1)))
  (func $inside (result i32) (i32.load offset=16 (i32.const 1024)))
  (func $last (result i32) (i32.load (i32.const 65532)))
  (func $straddling (result i32) (i32.load (i32.const 65533)))
  (func $past_end (result i32) (i32.load8_u (i32.const 65536)))
  (func $negative (result i32) (i32.load8_u (i32.const -1)))
  (func $store (param i32) (i32.store (i32.const 8) (local.get 0))))
