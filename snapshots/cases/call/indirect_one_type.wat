;; Two tables, one of a single type without a null: only the bounds remain to be checked.
(module
  (type $unary (func (param i32) (result i32)))
  (type $same (func (param i32) (result i32)))
  (table $full 2 2 funcref)
  (table $other 1 funcref)
  (elem (table $full) (i32.const 0) func $increment $decrement)
  (func $increment (type $unary) (i32.add (local.get 0) (i32.const 1)))
  (func $decrement (type $same) (i32.sub (local.get 0) (i32.const 1)))
  (func $full (param i32) (result i32)
    (call_indirect $full (type $unary) (i32.const 8) (local.get 0)))
  (func $empty (param i32) (result i32)
    (call_indirect $other (type $unary) (i32.const 8) (local.get 0))))
