;; modes: guard O0 aarch64 riscv64
;; Zero traps everywhere, the minimum by -1 traps in `div_s` and gives 0 in `rem_s`.
(module
  (func $div_s_i32 (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func $div_u_i32 (param i32 i32) (result i32) (i32.div_u (local.get 0) (local.get 1)))
  (func $rem_s_i32 (param i32 i32) (result i32) (i32.rem_s (local.get 0) (local.get 1)))
  (func $rem_u_i32 (param i32 i32) (result i32) (i32.rem_u (local.get 0) (local.get 1)))
  (func $div_s_i64 (param i64 i64) (result i64) (i64.div_s (local.get 0) (local.get 1)))
  (func $div_u_i64 (param i64 i64) (result i64) (i64.div_u (local.get 0) (local.get 1)))
  (func $rem_s_i64 (param i64 i64) (result i64) (i64.rem_s (local.get 0) (local.get 1)))
  (func $rem_u_i64 (param i64 i64) (result i64) (i64.rem_u (local.get 0) (local.get 1))))
