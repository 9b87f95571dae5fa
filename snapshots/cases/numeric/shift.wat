;; Amounts are taken modulo the width, which the hardware does by itself.
(module
  (func $shl_i32 (param i32 i32) (result i32) (i32.shl (local.get 0) (local.get 1)))
  (func $shr_s_i32 (param i32 i32) (result i32) (i32.shr_s (local.get 0) (local.get 1)))
  (func $shr_u_i32 (param i32 i32) (result i32) (i32.shr_u (local.get 0) (local.get 1)))
  (func $rotl_i32 (param i32 i32) (result i32) (i32.rotl (local.get 0) (local.get 1)))
  (func $rotr_i32 (param i32 i32) (result i32) (i32.rotr (local.get 0) (local.get 1)))
  (func $shl_i64 (param i64 i64) (result i64) (i64.shl (local.get 0) (local.get 1)))
  (func $shr_s_i64 (param i64 i64) (result i64) (i64.shr_s (local.get 0) (local.get 1)))
  (func $shr_u_i64 (param i64 i64) (result i64) (i64.shr_u (local.get 0) (local.get 1)))
  (func $rotl_i64 (param i64 i64) (result i64) (i64.rotl (local.get 0) (local.get 1)))
  (func $rotr_i64 (param i64 i64) (result i64) (i64.rotr (local.get 0) (local.get 1))))
