;; Of 3000 buffers the first 1024 are written. A list of four thousand million is outside of the memory (`fault`, 21), and
;; nothing is written; lengths that add up to more than fits are each looked at.
;; invoke: run
;; stdout: [..]0
;; stdout: 1024
;; stdout: 21
;; stdout: 21
;; stdout: 0
;; stdout: 0
(module
  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 32) "x")
  (func (export "run") (result i32 i32 i32 i32 i32 i32) (local $at i32)
    (local.set $at (i32.const 4096))
    (loop $next
      (i32.store (local.get $at) (i32.const 32))
      (i32.store offset=4 (local.get $at) (i32.const 1))
      (local.set $at (i32.add (local.get $at) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $at) (i32.const 28096))))
    (call $write (i32.const 1) (i32.const 4096) (i32.const 3000) (i32.const 8))
    (i32.load (i32.const 8))
    (call $write (i32.const 1) (i32.const 4096) (i32.const -1) (i32.const 8))
    ;; The third buffer is four thousand million bytes long.
    (i32.store (i32.const 4116) (i32.const -1))
    (call $write (i32.const 1) (i32.const 4096) (i32.const 3) (i32.const 8))
    ;; No buffers, which is not an error.
    (call $write (i32.const 1) (i32.const 4096) (i32.const 0) (i32.const 8))
    (i32.load (i32.const 8))))
