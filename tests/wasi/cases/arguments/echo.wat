;; Arguments byte for byte, the program's name first.
;; run: one two
;; stdout: program
;; stdout: one
;; stdout: two
;; run:
;; stdout: program
;; run: --help
;; arg: two words
;; arg:
;; arg: é
;; stdout: program
;; stdout: --help
;; stdout: two words
;; stdout:
;; stdout: é
(module
  (import "wasi_snapshot_preview1" "args_sizes_get"
    (func $args_sizes_get (param $count i32) (param $bytes i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get"
    (func $args_get (param $addresses i32) (param $bytes i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write"
    (func $fd_write (param $fd i32) (param $buffers i32) (param $count i32) (param $written i32) (result i32)))

  ;; From 0: a list of one buffer. At 8: how much was written. At 16 and 20: how many arguments there
  ;; are and how many bytes they take. From 1024: their addresses, then the bytes themselves.
  (memory (export "memory") 40)

  (func (export "_start")
    (local $at i32)
    (local $end i32)
    (drop (call $args_sizes_get (i32.const 16) (i32.const 20)))
    ;; The bytes follow the addresses, of which each takes 4.
    (local.set $at (i32.add (i32.const 1024) (i32.mul (i32.load (i32.const 16)) (i32.const 4))))
    (local.set $end (i32.add (local.get $at) (i32.load (i32.const 20))))
    (drop (call $args_get (i32.const 1024) (local.get $at)))

    ;; Each argument ends in a zero byte: it becomes the end of a line.
    (i32.store (i32.const 0) (local.get $at))
    (i32.store (i32.const 4) (i32.sub (local.get $end) (local.get $at)))
    (loop $next
      (if (i32.lt_u (local.get $at) (local.get $end))
        (then
          (if (i32.eqz (i32.load8_u (local.get $at)))
            (then (i32.store8 (local.get $at) (i32.const 10))))
          (local.set $at (i32.add (local.get $at) (i32.const 1)))
          (br $next))))
    (drop (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))))
)
