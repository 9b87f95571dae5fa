;; What a WASI call is given has to lie within the memory's bytes, though the processor's page goes on.
;; stdout: hello
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 22 (pagesize 1))
  (data (i32.const 0) "\10\00\00\00\06\00\00\00\00\00\00\00\00\00\00\00hello\0a")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    ;; One byte further is `fault`.
    (i32.store (i32.const 0) (i32.const 17))
    (if (i32.ne (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)) (i32.const 21))
      (then unreachable))
    (if (i32.ne (call $write (i32.const 1) (i32.const 0) (i32.const 0) (i32.const 19)) (i32.const 21))
      (then unreachable))))
