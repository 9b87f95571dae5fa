;; A directory granted when the program starts.
;; file: data/a.txt inside
;; run: a.txt
;; set: WASMC_DIR=data::/data:ro
;; stdout: inside
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 4)
  ;; Prints the file that the argument names, below the first directory; exits with the number of the error.
  (func (export "_start")
    (local $path i32) (local $length i32)
    (drop (call $args_sizes (i32.const 16) (i32.const 20)))
    (drop (call $args (i32.const 1024) (i32.const 65536)))
    (local.set $path (i32.load (i32.const 1028)))
    (loop $measure
      (if (i32.load8_u (i32.add (local.get $path) (local.get $length)))
        (then (local.set $length (i32.add (local.get $length) (i32.const 1))) (br $measure))))
    ;; With the right to read (bit 1).
    (call $check (call $open (i32.const 3) (i32.const 1) (local.get $path) (local.get $length) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 24)))
    (i32.store (i32.const 0) (i32.const 131072))
    (i32.store (i32.const 4) (i32.const 65536))
    (call $check (call $read (i32.load (i32.const 24)) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.store (i32.const 4) (i32.load (i32.const 8)))
    (call $check (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.store (i32.const 0) (i32.const 32))
    (i32.store8 (i32.const 32) (i32.const 10))
    (i32.store (i32.const 4) (i32.const 1))
    (call $check (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0))))))
