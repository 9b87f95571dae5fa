;; modes: guard dynamic O0
;; The table is written to: its elements are references, and bounds, null and type are checked in turn.
(module
  (type $binary (func (param i32 i32) (result i32)))
  (table 4 funcref)
  (elem (i32.const 1) $add)
  (func $add (type $binary) (i32.add (local.get 0) (local.get 1)))
  (func $write (param i32) (table.set (local.get 0) (ref.func $add)))
  (func $caller (param i32) (result i32)
    (call_indirect (type $binary) (i32.const 8) (i32.const 3) (local.get 0))))
