;; modes: guard O0
;; A table that never changes: one comparison for null and type; a constant index is a direct jump.
(module
  (type $step (func (param i32) (result i32)))
  (table funcref (elem $a $b))
  (func $a (type $step) (return_call_indirect (type $step) (local.get 0) (local.get 0)))
  (func $b (type $step) (return_call_indirect (type $step) (local.get 0) (i32.const 0))))
