;; A length is as wide as the narrower of the two memories' indices; helpers take all of them as 64 bits.
(module
  (memory $wide i64 1)
  (memory $narrow 1)
  (data $passive "abc")
  (func $copy (param i64 i64 i64) (memory.copy $wide $wide (local.get 0) (local.get 1) (local.get 2)))
  (func $copy_in (param i64 i32 i32) (memory.copy $wide $narrow (local.get 0) (local.get 1) (local.get 2)))
  (func $copy_out (param i32 i64 i32) (memory.copy $narrow $wide (local.get 0) (local.get 1) (local.get 2)))
  (func $fill (param i64 i32 i64) (memory.fill $wide (local.get 0) (local.get 1) (local.get 2)))
  (func $init (param i64 i32 i32) (memory.init $wide $passive (local.get 0) (local.get 1) (local.get 2))))
