;; modes: guard O0
;; Carry and borrow stay in the flags.
(module
  (func $add (param i64 i64 i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func $sub (param i64 i64 i64 i64) (result i64 i64)
    (i64.sub128 (local.get 0) (local.get 1) (local.get 2) (local.get 3)))
  (func $add_immediate (param i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (local.get 1) (i64.const 5) (i64.const 0)))
  (func $add_extended (param i64 i64) (result i64 i64)
    (i64.add128 (local.get 0) (i64.const 0) (local.get 1) (i64.const 0)))
  (func $high_half_only (param i64 i64 i64 i64) (result i64) (local $high i64)
    (i64.add128 (local.get 0) (local.get 1) (local.get 2) (local.get 3))
    (local.set $high)
    (drop)
    (local.get $high)))
