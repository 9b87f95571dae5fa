;; A table whose elements start as a function: known when nothing changes it, filled at instantiation otherwise.
(module
  (table $never_changes 3 funcref (ref.func $f))
  (table $changes 3 funcref (ref.func $f))
  (elem (table $never_changes) (i32.const 1) func $g)
  (func $f)
  (func $g)
  (func $write (table.set $changes (i32.const 1) (ref.func $g)))
  (func $direct (call_indirect $never_changes (i32.const 1)) (call_indirect $never_changes (i32.const 2)))
  (func $through_the_table (param i32) (call_indirect $changes (local.get 0))))
