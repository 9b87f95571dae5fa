;; Making a file through a link that leads nowhere makes what the link names, unless the file must be new (`exist`, 20) or links
;; are not followed (`loop`, 32). One that leads out (`perm`, 63), or in a circle, makes nothing.
;; dir: data::/data
;; links: yes
;; file: data/a.txt inside
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink" (func $symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_filestat_get" (func $stat (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 32) "new")
  (data (i32.const 48) "to_new")
  (data (i32.const 64) "../outside")
  (data (i32.const 80) "out")
  (data (i32.const 96) "loop")
  (func (export "_start")
    (drop (call $symlink (i32.const 32) (i32.const 3) (i32.const 3) (i32.const 48) (i32.const 6)))
    (drop (call $symlink (i32.const 64) (i32.const 10) (i32.const 3) (i32.const 80) (i32.const 3)))
    (drop (call $symlink (i32.const 96) (i32.const 4) (i32.const 3) (i32.const 96) (i32.const 4)))
    ;; Created new, and truncated as well.
    (call $expect (i32.const 1) (i32.const 20)
      (call $create (i32.const 1) (i32.const 48) (i32.const 6) (i32.const 5)))
    (call $expect (i32.const 2) (i32.const 32)
      (call $create (i32.const 0) (i32.const 48) (i32.const 6) (i32.const 1)))
    (call $expect (i32.const 3) (i32.const 44)
      (call $stat (i32.const 3) (i32.const 0) (i32.const 32) (i32.const 3) (i32.const 256)))
    (call $expect (i32.const 4) (i32.const 63)
      (call $create (i32.const 1) (i32.const 80) (i32.const 3) (i32.const 9)))
    (call $expect (i32.const 5) (i32.const 32)
      (call $create (i32.const 1) (i32.const 96) (i32.const 4) (i32.const 1)))
    (call $expect (i32.const 6) (i32.const 0)
      (call $create (i32.const 1) (i32.const 48) (i32.const 6) (i32.const 9)))
    (call $expect (i32.const 7) (i32.const 0)
      (call $stat (i32.const 3) (i32.const 0) (i32.const 32) (i32.const 3) (i32.const 256))))
  (func $create (param $lookup i32) (param $path i32) (param $length i32) (param $flags i32) (result i32)
    (call $open (i32.const 3) (local.get $lookup) (local.get $path) (local.get $length) (local.get $flags)
      (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 16)))
  ;; Exits with the number of the first step that does not end as it should.
  (func $expect (param $step i32) (param $expected i32) (param $error i32)
    (if (i32.ne (local.get $expected) (local.get $error)) (then (call $exit (local.get $step))))))
