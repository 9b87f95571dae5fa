;; Standard input, to its end.
;; stdin: one
;; stdin:
;; stdin: two
;; stdout: one
;; stdout:
;; stdout: two
;; run:
(module
  (import "wasi_snapshot_preview1" "fd_read"
    (func $fd_read (param $fd i32) (param $buffers i32) (param $count i32) (param $read i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param $fd i32) (param $buffers i32) (param $count i32) (param $written i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param $status i32)))

  ;; From 0: a list of one buffer, its address and its length. At 8: how much was read or written.
  ;; From 4096: 32 KiB for the bytes on their way.
  (memory (export "memory") 1)

  (func (export "_start")
    (local $from i32)
    (local $left i32)
    (loop $read_more
      (i32.store (i32.const 0) (i32.const 4096))
      (i32.store (i32.const 4) (i32.const 32768))
      (call $check (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)))

      (local.set $from (i32.const 4096))
      (local.set $left (i32.load (i32.const 8)))
      ;; Nothing read: the input is over.
      (if (i32.eqz (local.get $left)) (then (return)))

      ;; A pipe may take fewer bytes than it is given.
      (loop $write_more
        (i32.store (i32.const 0) (local.get $from))
        (i32.store (i32.const 4) (local.get $left))
        (call $check (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))
        (local.set $from (i32.add (local.get $from) (i32.load (i32.const 8))))
        (local.set $left (i32.sub (local.get $left) (i32.load (i32.const 8))))
        (br_if $write_more (local.get $left)))
      (br $read_more)))

  ;; WASI calls give 0 when they did what they were asked for.
  (func $check (param $error i32)
    (if (local.get $error) (then (call $proc_exit (i32.const 1)))))
)
