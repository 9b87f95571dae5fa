;; modes: guard dynamic
;; The table is written to: bounds, null and type are checked in turn. Each function belongs to its own instance.
(module
  (type $step (func (param i32) (result i32)))
  (table 2 funcref)
  (elem (i32.const 0) $a)
  (func $write (param i32) (table.set (local.get 0) (ref.null func)))
  (func $a (type $step) (return_call_indirect (type $step) (local.get 0) (local.get 0))))
