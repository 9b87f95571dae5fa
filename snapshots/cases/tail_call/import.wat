;; What the runtime provides is called, by a function with a stack check; in a table it has a thunk, which is jumped to.
(module
  (type $close (func (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (type $close)))
  (import "wasi_snapshot_preview1" "fd_sync" (func $sync (type $close)))
  (memory 1)
  (table funcref (elem $close))
  (func $direct (type $close) (return_call $sync (local.get 0)))
  (func $constant_index (type $close) (return_call_indirect (type $close) (local.get 0) (i32.const 0))))
