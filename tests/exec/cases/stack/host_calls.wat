;; Each frame calls the runtime before it goes deeper: near the end of the stack there is still room for that, and the
;; handler of the trap has a stack of its own.
;; trap: call stack exhausted
(module
  (import "wasi_snapshot_preview1" "clock_time_get" (func $clock (param i32 i64 i32) (result i32)))
  (memory (export "memory") 1)
  (func $deep
    (drop (call $clock (i32.const 1) (i64.const 0) (i32.const 0)))
    (memory.fill (i32.const 8) (i32.const 1) (i32.const 100))
    (drop (memory.grow (i32.const 0)))
    (call $deep))
  (func (export "_start") (call $deep)))
