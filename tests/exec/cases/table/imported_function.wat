;; An imported function as an element of a table that never changes, and of one that does.
;; exit: 30
(module
  (type $exit (func (param i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (type $exit)))
  (import "wasi_snapshot_preview1" "sched_yield" (func $yield (result i32)))
  (memory (export "memory") 1)
  (table $fixed funcref (elem $yield $exit))
  (table $changing 1 funcref)
  (elem declare func $exit)
  (func (export "_start")
    (drop (call_indirect $fixed (result i32) (i32.const 0)))
    (table.set $changing (i32.const 0) (ref.func $exit))
    (call_indirect $changing (type $exit) (i32.const 30) (i32.const 0))
    (call_indirect $fixed (type $exit) (i32.const 31) (i32.const 1))))
