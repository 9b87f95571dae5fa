;; The start function runs after the segments are in place and before `_start`.
;; exit: 99
(module
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "b")
  (global $state (mut i32) (i32.const 0))
  (start $init)
  (func $init (global.set $state (i32.add (i32.load8_u (i32.const 0)) (i32.const 1))))
  (func (export "_start") (call $exit (global.get $state))))
