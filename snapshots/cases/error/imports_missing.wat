;; Everything that nothing provides, in one list, each with its type and what comes nearest.
(module
  (import "env" "print" (func (param i32 i64) (result f64)))
  (import "env" "nothing" (func))
  (import "env" "many" (func (param f32 externref funcref) (result i32 i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_frobnicate" (func (param i32) (result i32)))
  (import "wasi_unstable" "fd_tell" (func (param i32) (result i32)))
  (import "env" "memory" (memory 1 2))
  (import "env" "table" (table 1 funcref))
  (import "env" "constant" (global i32))
  (import "env" "variable" (global (mut f64)))
  (func (export "_start")))
