;; truncate: yes
;; Every proper prefix of a module with most sections.
(module $name
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (table 2 funcref)
  (memory 1)
  (global (mut i64) (i64.const 300))
  (export "_start" (func 1))
  (start 1)
  (elem (i32.const 0) 1)
  (func (local i32)
    (drop (call $close (i32.const 1))))
  (data (i32.const 8) "bytes"))
