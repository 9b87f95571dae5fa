;; Two thousand subscriptions, more than a process may have files by default: each is due. Then one clock alone, and one of an
;; unknown kind at the end, which fails all (`inval`, 28); four thousand million of them are outside of the memory (21).
;; dir: data::/data
;; file: data/a.txt inside
;; invoke: run
;; stdout: 0
;; stdout: 2000
;; stdout: 1999
;; stdout: 0
;; stdout: 1
;; stdout: 28
;; stdout: 21
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 4)
  (data (i32.const 32) "a.txt")
  (func (export "run") (result i32 i32 i64 i32 i32 i32 i32) (local $number i32) (local $at i32)
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 32) (i32.const 5) (i32.const 0)
      (i64.const -1) (i64.const -1) (i32.const 0) (i32.const 16)))
    (local.set $at (i32.const 4096))
    (loop $next
      (i64.store (local.get $at) (i64.extend_i32_u (local.get $number)))
      (i32.store8 offset=8 (local.get $at) (i32.add (i32.const 1) (i32.and (local.get $number) (i32.const 1))))
      (i32.store offset=16 (local.get $at) (i32.load (i32.const 16)))
      (local.set $at (i32.add (local.get $at) (i32.const 48)))
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $number) (i32.const 2000))))
    (call $poll (i32.const 4096) (i32.const 131072) (i32.const 2000) (i32.const 8))
    (i32.load (i32.const 8))
    (i64.load (i32.add (i32.const 131072) (i32.mul (i32.const 1999) (i32.const 32))))
    ;; A clock, in a millisecond.
    (i64.store (i32.const 512) (i64.const 5))
    (i32.store (i32.const 528) (i32.const 1))
    (i64.store (i32.const 536) (i64.const 1000000))
    (call $poll (i32.const 512) (i32.const 1024) (i32.const 1) (i32.const 8))
    (i32.load (i32.const 8))
    (i32.store8 (i32.add (i32.const 4104) (i32.mul (i32.const 1999) (i32.const 48))) (i32.const 3))
    (call $poll (i32.const 4096) (i32.const 131072) (i32.const 2000) (i32.const 8))
    (call $poll (i32.const 4096) (i32.const 131072) (i32.const -1) (i32.const 8))))
