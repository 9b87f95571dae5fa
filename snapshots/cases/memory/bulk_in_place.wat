;; modes: guard explicit dynamic
;; Few bytes, a constant number of them, are moved in place: everything is checked and loaded before the first store, the
;; last byte comes first, and only its access may fault. Nothing to move and many bytes are left to the runtime.
(module
  (memory 1 2)
  (func $copy_7 (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 7)))
  (func $copy_40 (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 40)))
  (func $copy_0 (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 0)))
  (func $copy_65 (param i32 i32) (memory.copy (local.get 0) (local.get 1) (i32.const 65)))
  (func $fill_51 (param i32) (memory.fill (local.get 0) (i32.const 0) (i32.const 51)))
  (func $fill_6 (param i32 i32) (memory.fill (local.get 0) (local.get 1) (i32.const 6)))
  (func $grow (param i32) (result i32) (memory.grow (local.get 0))))
