;; What happens before a trap has happened; what comes after it has not.
;; exit: 134
;; stdout: before
;; trap: out of bounds memory access
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 8) "before\nafter\n")
  (func $print (param i32 i32)
    (i32.store (i32.const 0) (local.get 0))
    (i32.store (i32.const 4) (local.get 1))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 32))))
  (func (export "_start")
    (call $print (i32.const 8) (i32.const 7))
    (i64.store (i32.const 65529) (i64.const 0))
    (call $print (i32.const 15) (i32.const 6))))
