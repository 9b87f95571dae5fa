;; modes: guard dynamic
;; WASI calls go straight to the runtime, the instance first; an address of one needs a thunk.
(module
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (import "wasi_unstable" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory 1)
  (table 1 funcref)
  (elem (i32.const 0) $close)
  (func $caller (param i32) (result i32)
    (drop (call $seek (local.get 0) (i64.const 0) (i32.const 2) (i32.const 16)))
    (call $close (local.get 0)))
  (func $leave (call $exit (i32.const 3)))
  (func $through_table (param i32) (result i32)
    (call_indirect (param i32) (result i32) (local.get 0) (i32.const 0))))
