;; Built with `-g`, every program can be watched.
;; debug: yes
;; run:
;; set: WASMC_TRACE=wasi
;; stdout: hi
;; stderr: wasi: fd_write(fd=1, iovs=0x0, count=1) = ok, 3
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 0) "\08\00\00\00\03\00\00\00hi\n")
  (func (export "_start") (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 16)))))
