;; Ten thousand open files have the numbers from 4 on; a number that was closed is the next one to be used; the last file can
;; still be read. Then none is open.
;; dir: data::/data
;; file: data/a.txt inside
;; invoke: run
;; stdout: 0
;; stdout: 10003
;; stdout: 5000
;; stdout: 6
;; stdout: 8
;; stdout: 4
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 32) "a.txt")
  (func $next (result i32)
    (call $open (i32.const 3) (i32.const 0) (i32.const 32) (i32.const 5) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 0) (i32.const 16)))
  (func (export "run") (result i32 i32 i32 i32 i32 i32) (local $number i32) (local $error i32)
    (loop $more
      (local.set $error (i32.or (local.get $error) (call $next)))
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (br_if $more (i32.lt_u (local.get $number) (i32.const 10000))))
    (local.get $error)
    (i32.load (i32.const 16))
    (drop (call $close (i32.const 9000)))
    (drop (call $close (i32.const 5000)))
    (drop (call $next))
    (i32.load (i32.const 16))
    (i32.store (i32.const 0) (i32.const 64))
    (i32.store (i32.const 4) (i32.const 100))
    (drop (call $read (i32.const 10003) (i32.const 0) (i32.const 1) (i32.const 8)))
    (i32.load (i32.const 8))
    (local.set $number (i32.const 10003))
    (loop $less
      (drop (call $close (local.get $number)))
      (local.set $number (i32.sub (local.get $number) (i32.const 1)))
      (br_if $less (i32.gt_u (local.get $number) (i32.const 3))))
    (call $read (i32.const 7777) (i32.const 0) (i32.const 1) (i32.const 8))
    (drop (call $next))
    (i32.load (i32.const 16))))
