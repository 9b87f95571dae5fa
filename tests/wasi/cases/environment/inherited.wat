;; All of the process's variables, except the one that grants; what the build fixed comes before them.
;; inherit-env: yes
;; not-on-windows: Wine adds variables of its own
;; set: ONE=1
;; set: WASMC_BACKTRACE=full
;; set: WASMC_COREDUMP=core
;; stdout: ONE=1
(module
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $get (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 4)
  ;; Prints each variable on a line.
  (func (export "_start")
    (local $at i32) (local $end i32)
    (drop (call $sizes (i32.const 16) (i32.const 20)))
    (drop (call $get (i32.const 1024) (i32.const 65536)))
    (i32.store (i32.const 0) (i32.const 65536))
    (i32.store (i32.const 4) (i32.load (i32.const 20)))
    (local.set $end (i32.add (i32.const 65536) (i32.load (i32.const 20))))
    (local.set $at (i32.const 65536))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
      (if (i32.eqz (i32.load8_u (local.get $at))) (then (i32.store8 (local.get $at) (i32.const 10))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
    (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))))
