;; One connection, call by call: each result is a line. The client sends `abcdef` and waits for its end.
(module
  (import "wasi_snapshot_preview1" "sock_accept" (func $accept (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_recv" (func $recv (param i32 i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_send" (func $send (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "sock_shutdown" (func $shutdown (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_get" (func $fdstat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_fdstat_set_flags" (func $set_flags (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_prestat_get" (func $prestat (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  ;; At 0: two buffers of two bytes, at 1024 and 1032. At 16: one of six bytes, at 1040. At 24: one of three, at 1064.
  (data (i32.const 0) "\00\04\00\00\02\00\00\00\08\04\00\00\02\00\00\00\10\04\00\00\06\00\00\00\28\04\00\00\03\00\00\00")
  (data (i32.const 1064) "xyz")

  ;; Without a connection. `badf` 8, `notsock` 57, `again` 6, `inval` 28, `notconn` 53, `spipe` 70, `fault` 21.
  (func (export "errors") (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (call $accept (i32.const 99) (i32.const 0) (i32.const 64))
    (call $accept (i32.const 0) (i32.const 0) (i32.const 64))
    (call $recv (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 64) (i32.const 68))
    (call $send (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 64))
    (call $shutdown (i32.const 2) (i32.const 1))
    (call $set_flags (i32.const 3) (i32.const 4))
    (call $accept (i32.const 3) (i32.const 0) (i32.const 64))
    (call $accept (i32.const 3) (i32.const 1) (i32.const 64))
    (call $accept (i32.const 3) (i32.const 0) (i32.const -2))
    (call $recv (i32.const 3) (i32.const 0) (i32.const 1) (i32.const 0) (i32.const 64) (i32.const 68))
    (call $seek (i32.const 3) (i64.const 0) (i32.const 0) (i32.const 64))
    (call $shutdown (i32.const 3) (i32.const 0))
    (call $shutdown (i32.const 3) (i32.const 4))
    (call $close (i32.const 3))
    (call $accept (i32.const 3) (i32.const 0) (i32.const 64)))

  ;; The kind (6), the flags and the rights of the socket that listens; what libraries see who look for directories: not
  ;; an error, and not a directory (0). Behind it stands the directory.
  (func (export "describe") (result i32 i32 i32 i64 i32 i32 i32 i32)
    (call $fdstat (i32.const 3) (i32.const 64))
    (i32.load8_u (i32.const 64))
    (i32.load16_u (i32.const 66))
    (i64.load (i32.const 72))
    (call $prestat (i32.const 3) (i32.const 64))
    (i32.load (i32.const 64))
    (call $prestat (i32.const 4) (i32.const 64))
    (i32.load (i32.const 64)))

  ;; Looks at two times two bytes, receives them, then the rest, and sends three.
  (func (export "transfer") (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (call $wait (i32.const 3))
    (call $accept (i32.const 3) (i32.const 0) (i32.const 64))
    (i32.load (i32.const 64))
    (call $wait (i32.load (i32.const 64)))
    ;; Look, and wait until the buffers are full.
    (call $recv (i32.load (i32.const 64)) (i32.const 0) (i32.const 2) (i32.const 3) (i32.const 72) (i32.const 76))
    (i32.load (i32.const 72))
    (i32.load16_u (i32.const 1032))
    (call $recv (i32.load (i32.const 64)) (i32.const 16) (i32.const 1) (i32.const 2) (i32.const 72) (i32.const 76))
    (i32.load16_u (i32.const 1040))
    (call $recv (i32.load (i32.const 64)) (i32.const 0) (i32.const 2) (i32.const 4) (i32.const 72) (i32.const 76))
    (call $send (i32.load (i32.const 64)) (i32.const 24) (i32.const 1) (i32.const 1) (i32.const 72))
    (call $send (i32.load (i32.const 64)) (i32.const 24) (i32.const 1) (i32.const 0) (i32.const 72))
    (call $shutdown (i32.load (i32.const 64)) (i32.const 3)))

  ;; Writes to a connection that the other side has closed until that is an error: `pipe` (64) or `connreset` (15).
  (func (export "closed") (result i32)
    (local $error i32)
    (drop (call $set_flags (i32.const 3) (i32.const 0)))
    (drop (call $accept (i32.const 3) (i32.const 0) (i32.const 64)))
    (loop $again
      (local.set $error (call $write (i32.load (i32.const 64)) (i32.const 24) (i32.const 1) (i32.const 72)))
      (br_if $again (i32.eqz (local.get $error))))
    (if (i32.eq (local.get $error) (i32.const 15)) (then (local.set $error
      (call $write (i32.load (i32.const 64)) (i32.const 24) (i32.const 1) (i32.const 72)))))
    (local.get $error))

  ;; A socket that waits for a connection which does not wait: nothing has come yet.
  (func (export "nonblocking") (result i32 i32 i32 i32 i32 i32 i32)
    (call $set_flags (i32.const 3) (i32.const 0))
    (call $accept (i32.const 3) (i32.const 4) (i32.const 64))
    (call $fdstat (i32.load (i32.const 64)) (i32.const 128))
    (i32.load16_u (i32.const 130))
    (call $recv (i32.load (i32.const 64)) (i32.const 0) (i32.const 2) (i32.const 0) (i32.const 72) (i32.const 76))
    (call $read (i32.load (i32.const 64)) (i32.const 0) (i32.const 2) (i32.const 72))
    (call $close (i32.load (i32.const 64))))

  ;; Waits until a descriptor can be read; gives the number of events.
  (func $wait (param $fd i32) (result i32)
    (i64.store (i32.const 256) (i64.const 7))
    (i32.store8 (i32.const 264) (i32.const 1))
    (i32.store (i32.const 272) (local.get $fd))
    (drop (call $poll (i32.const 256) (i32.const 512) (i32.const 1) (i32.const 80)))
    (i32.load (i32.const 80))))
