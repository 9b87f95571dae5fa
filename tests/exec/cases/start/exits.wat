;; The start function may end the program.
;; exit: 5
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (start $init)
  (func $init (call $exit (i32.const 5)))
  (func (export "_start") unreachable))
