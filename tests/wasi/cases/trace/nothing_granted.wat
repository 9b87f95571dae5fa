;; Where nothing was granted, the trace names what could be. Without `WASMC_TRACE` there is none.
;; run:
;; set: WASMC_TRACE=wasi
;; stderr: wasi: environ_sizes_get(bytes=0x8) = ok, 0
;; stderr: wasi: no variable was granted; --env NAME[=VALUE] and WASMC_ENV grant one
;; stderr: wasi: fd_prestat_get(fd=3, prestat=0x10) = badf
;; stderr: wasi: no directory was granted; --dir HOST[::GUEST] and WASMC_DIR grant one
;; stderr: wasi: sock_accept(fd=3, fdflags=nonblock) = badf
;; stderr: wasi: no such socket was granted; --tcp-listen ADDR:PORT and WASMC_TCP_LISTEN grant one
;; stderr: wasi: fd_seek(fd=1, offset=9223372036854775807, whence=set) = spipe
;; run:
(module
  (import "wasi_unstable" "environ_sizes_get" (func $environ_sizes (param i32 i32) (result i32)))
  (import "wasi_unstable" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (drop (call $environ_sizes (i32.const 4) (i32.const 8)))
    (drop (call $prestat (i32.const 3) (i32.const 16)))
    (drop (call $accept (i32.const 3) (i32.const 4) (i32.const 32)))
    (drop (call $seek (i32.const 1) (i64.const 0x7fffffffffffffff) (i32.const 0) (i32.const 32)))))
