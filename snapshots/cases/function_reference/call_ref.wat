;; modes: guard explicit dynamic O0
;; Null is found out by the hardware, or compared with once; a parameter that cannot be null, and a second use, are not
;; checked. What `ref.func` refers to is called directly.
(module
  (type $unary (func (param i64) (result i64)))
  (elem declare func $known)
  (func $known (type $unary) (local.get 0))
  (func $nullable (param i64 (ref null $unary)) (result i64) (call_ref $unary (local.get 0) (local.get 1)))
  (func $non_null (param i64 (ref $unary)) (result i64) (call_ref $unary (local.get 0) (local.get 1)))
  (func $twice (param i64 (ref null $unary)) (result i64)
    (call_ref $unary (call_ref $unary (local.get 0) (local.get 1)) (local.get 1)))
  (func $direct (param i64) (result i64) (call_ref $unary (local.get 0) (ref.func $known))))
