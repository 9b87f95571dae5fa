;; Sends back what it receives from one connection, to its end, then ends its own side.
(module
  (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func $set_flags (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_shutdown" (func $shutdown (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (func (export "_start")
    (local $from i32) (local $connection i32)
    ;; Accepting waits.
    (call $check (call $set_flags (i32.const 3) (i32.const 0)))
    (call $check (call $accept (i32.const 3) (i32.const 0) (i32.const 16)))
    (local.set $connection (i32.load (i32.const 16)))
    (block $end
      (loop $more
        (i32.store (i32.const 0) (i32.const 4096))
        (i32.store (i32.const 4) (i32.const 32768))
        (call $check (call $read (local.get $connection) (i32.const 0) (i32.const 1) (i32.const 8)))
        (br_if $end (i32.eqz (i32.load (i32.const 8))))
        (i32.store (i32.const 4) (i32.load (i32.const 8)))
        (loop $rest
          (call $check (call $write (local.get $connection) (i32.const 0) (i32.const 1) (i32.const 8)))
          (i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 8))))
          (i32.store (i32.const 4) (i32.sub (i32.load (i32.const 4)) (i32.load (i32.const 8))))
          (br_if $rest (i32.load (i32.const 4))))
        (br $more)))
    (call $check (call $shutdown (local.get $connection) (i32.const 2)))
    (call $check (call $close (local.get $connection))))
  (func $check (param i32) (if (local.get 0) (then (call $exit (local.get 0))))))
