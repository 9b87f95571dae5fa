;; Addresses in WASI calls are 32 bits wide; they reach the first 4 GiB of a 64-bit memory.
;; stdout: hello
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") i64 1)
  (data (i64.const 0) "\10\00\00\00\06\00\00\00\00\00\00\00\00\00\00\00hello\0a")
  (func (export "_start")
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)))
    (if (i32.ne (i32.load (i64.const 12)) (i32.const 6)) (then unreachable))
    ;; Behind the end is `fault`.
    (if (i32.ne (call $write (i32.const 1) (i32.const -8) (i32.const 1) (i32.const 12)) (i32.const 21))
      (then unreachable))))
