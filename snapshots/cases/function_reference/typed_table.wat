;; modes: guard explicit dynamic
;; Elements of the very type that is called need no comparison of types, and none with null when they cannot be null.
(module
  (type $f (func (result i32)))
  (type $g (func (result i64)))
  (table $nullable 4 (ref null $f))
  (table $non_null 4 (ref $f) (ref.func $target))
  (table $never_changes 4 (ref $f) (ref.func $target))
  (func $target (type $f) (i32.const 1))
  (func $write (param i32)
    (table.set $nullable (local.get 0) (ref.null $f))
    (table.set $non_null (local.get 0) (ref.func $target)))
  (func $call_nullable (param i32) (result i32) (call_indirect $nullable (type $f) (local.get 0)))
  (func $call_non_null (param i32) (result i32) (call_indirect $non_null (type $f) (local.get 0)))
  (func $call_constant (param i32) (result i32) (call_indirect $never_changes (type $f) (local.get 0)))
  (func $get (param i32) (result i32) (call_ref $f (table.get $non_null (local.get 0))))
  (func $other_type (param i32) (result i64) (call_indirect $non_null (type $g) (local.get 0))))
