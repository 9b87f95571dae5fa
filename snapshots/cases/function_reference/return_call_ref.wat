;; modes: guard dynamic
(module
  (type $unary (func (param i64) (result i64)))
  (elem declare func $known)
  (func $known (type $unary) (local.get 0))
  (func $nullable (param i64 (ref null $unary)) (result i64) (return_call_ref $unary (local.get 0) (local.get 1)))
  (func $direct (param i64) (result i64) (return_call_ref $unary (local.get 0) (ref.func $known))))
