;; Paths and flags are text; a second line tells what would have helped: `perm` is 63.
;; dir: data::/data
;; dir: data::/fixed:ro
;; file: data/a.txt inside
;; run:
;; set: WASMC_TRACE=wasi
;; stderr: wasi: path_open(fd=3, lookup=symlink_follow, path="a.txt", oflags=0, rights=0x2, inheriting=0x0, fdflags=append|sync) = ok, 5
;; stderr: wasi: path_open(fd=3, lookup=0, path="../b.txt", oflags=creat|trunc, rights=0x40, inheriting=0x0, fdflags=0) = perm
;; stderr: wasi: nothing outside of a granted directory can be reached; --dir and WASMC_DIR grant others
;; stderr: wasi: path_unlink_file(fd=4, path="a.txt") = perm
;; stderr: wasi: the directory was granted with :ro; without it, --dir and WASMC_DIR let it be changed
;; stderr: wasi: path_unlink_file(fd=3, path=0xfffffff0) = fault
;; stderr: wasi: fd_seek(fd=5, offset=-2, whence=end) = ok, 4
;; stderr: wasi: proc_exit(status=63)
;; exit: 63
;; run:
;; set: WASMC_TRACE=other
;; exit: 63
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file" (func $unlink (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_seek" (func $seek (param i32 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "a.txt")
  (data (i32.const 32) "../b.txt")
  (func (export "_start")
    (drop (call $open (i32.const 3) (i32.const 1) (i32.const 16) (i32.const 5) (i32.const 0)
      (i64.const 2) (i64.const 0) (i32.const 17) (i32.const 0)))
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 32) (i32.const 8) (i32.const 9)
      (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 0)))
    (drop (call $unlink (i32.const 4) (i32.const 16) (i32.const 5)))
    (drop (call $unlink (i32.const 3) (i32.const -16) (i32.const 5)))
    (drop (call $seek (i32.const 5) (i64.const -2) (i32.const 2) (i32.const 8)))
    (call $exit (i32.const 63))))
