;; A program that removes each entry as soon as it has read it misses none, although its buffer holds only a few: 300 files
;; are made, so many entries removed, and two are left, `.` and `..`.
;; dir: data::/data
;; file: data/sub/b.txt below
;; invoke: run
;; stdout: 300
;; stdout: 2
(module
  (import "wasi_snapshot_preview1" "path_open" (func $open (param i32 i32 i32 i32 i32 i64 i64 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_unlink_file" (func $unlink (param i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_readdir" (func $readdir (param i32 i32 i32 i64 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_close" (func $close (param i32) (result i32)))
  (memory (export "memory") 1)
  (data (i32.const 32) "sub/f000sub")
  (func (export "run") (result i32 i32) (local $number i32)
    (loop $make
      (i32.store8 (i32.const 37) (i32.add (i32.const 48) (i32.div_u (local.get $number) (i32.const 100))))
      (i32.store8 (i32.const 38)
        (i32.add (i32.const 48) (i32.rem_u (i32.div_u (local.get $number) (i32.const 10)) (i32.const 10))))
      (i32.store8 (i32.const 39) (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10))))
      (drop (call $open (i32.const 3) (i32.const 0) (i32.const 32) (i32.const 8) (i32.const 1)
        (i64.const 64) (i64.const 0) (i32.const 0) (i32.const 16)))
      (drop (call $close (i32.load (i32.const 16))))
      (local.set $number (i32.add (local.get $number) (i32.const 1)))
      (br_if $make (i32.lt_u (local.get $number) (i32.const 300))))
    (drop (call $open (i32.const 3) (i32.const 0) (i32.const 40) (i32.const 3) (i32.const 2)
      (i64.const 0) (i64.const -1) (i32.const 0) (i32.const 16)))
    ;; The file that was there before is no `f`.
    (drop (call $unlink (i32.load (i32.const 16)) (i32.const 48) (i32.const 5)))
    (call $pass (i32.load (i32.const 16)) (i32.const 1))
    (call $pass (i32.load (i32.const 16)) (i32.const 0)))
  (data (i32.const 48) "b.txt")
  ;; Goes through the directory, and gives how many entries it removed, or how many there are.
  (func $pass (param $directory i32) (param $removes i32) (result i32)
    (local $cookie i64) (local $at i32) (local $end i32) (local $name i32) (local $removed i32) (local $seen i32)
    (loop $again
      (drop (call $readdir (local.get $directory) (i32.const 1024) (i32.const 200) (local.get $cookie) (i32.const 8)))
      (local.set $at (i32.const 1024))
      (local.set $end (i32.add (i32.const 1024) (i32.load (i32.const 8))))
      (block $cut
        (loop $entry
          ;; What is cut off at the end of the buffer comes again.
          (br_if $cut (i32.gt_u (i32.add (local.get $at) (i32.const 24)) (local.get $end)))
          (local.set $name (i32.add (local.get $at) (i32.const 24)))
          (br_if $cut (i32.gt_u (i32.add (local.get $name) (i32.load offset=16 (local.get $at))) (local.get $end)))
          (local.set $cookie (i64.load (local.get $at)))
          (local.set $seen (i32.add (local.get $seen) (i32.const 1)))
          (if (i32.and (local.get $removes) (i32.eq (i32.load8_u (local.get $name)) (i32.const 102)))
            (then
              (if (i32.eqz (call $unlink (local.get $directory) (local.get $name)
                    (i32.load offset=16 (local.get $at))))
                (then (local.set $removed (i32.add (local.get $removed) (i32.const 1)))))))
          (local.set $at (i32.add (local.get $name) (i32.load offset=16 (local.get $at))))
          (br $entry)))
      (br_if $again (i32.eq (i32.load (i32.const 8)) (i32.const 200))))
    (select (local.get $removed) (local.get $seen) (local.get $removes))))
