;; The calls of a sealed program cannot be watched.
;; sealed: yes
;; run:
;; set: WASMC_TRACE=wasi
(module
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (memory (export "memory") 1)
  (func (export "_start") (drop (call $prestat (i32.const 3) (i32.const 16)))))
