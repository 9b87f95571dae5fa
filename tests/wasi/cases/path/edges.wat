;; Paths at their edges. Each line of the table below is a path, whether a link at its end is followed, and the error of
;; looking it up; the program exits with the number of the first line that is not so, 0 if all are.
;; dir: data::/data
;; links: yes
;; file: data/a.txt inside
;; file: data/sub/b.txt below
(module
  (import "wasi_snapshot_preview1" "path_filestat_get" (func $stat (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "path_symlink" (func $symlink (param i32 i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  ;; What links are made of: each text and name with a NUL behind.
  (data (i32.const 64) "a.txt\00good\00nowhere\00dangling\00loop\00loop\00two\00one\00one\00two\00sub\00link\00\00")
  (data (i32.const 1024)
    ;; `noent` 44, `perm` 63, `notdir` 54, `ilseq` 25, `loop` 32: error, follow, length, path.
    "\2c\01\00" "\00\01\01." "\3f\01\02.." "\00\01\06sub/.." "\3f\01\09sub/../.." "\00\01\0bsub/./b.txt"
    "\00\01\0asub//b.txt" "\00\01\04sub/" "\00\01\05sub//" "\36\01\06a.txt/" "\36\01\07a.txt/." "\36\01\08a.txt/.."
    "\3f\01\01/" "\3f\01\05//sub"
    ;; Not UTF-8: a byte that never occurs, more bytes than needed, half of a pair, one byte too few.
    "\19\01\01\ff" "\19\01\02\c0\80" "\19\01\03\ed\a0\80" "\19\01\03\f0\9f\92" "\2c\01\04\f0\9f\92\a9"
    ;; Links: to a file, to nothing, in a circle, to a directory.
    "\00\01\04good" "\00\00\04good" "\36\01\05good/" "\2c\01\08dangling" "\00\00\08dangling" "\2c\01\09dangling/"
    "\2c\01\0adangling/x" "\20\01\04loop" "\00\00\04loop" "\20\01\06loop/x" "\20\01\03one" "\20\01\05one/x"
    "\00\01\0alink/b.txt" "\00\00\05link/" "\00\01\07link/.." "\ff")
  (func (export "_start") (local $at i32) (local $line i32)
    (call $make_links)
    (local.set $at (i32.const 1024))
    (local.set $line (i32.const 1))
    (loop $next
      (if (i32.ne (i32.load8_u (local.get $at))
            (call $stat (i32.const 3) (i32.load8_u offset=1 (local.get $at)) (i32.add (local.get $at) (i32.const 3))
              (i32.load8_u offset=2 (local.get $at)) (i32.const 256)))
        (then (call $exit (local.get $line))))
      (local.set $line (i32.add (local.get $line) (i32.const 1)))
      (local.set $at (i32.add (i32.add (local.get $at) (i32.const 3)) (i32.load8_u offset=2 (local.get $at))))
      (br_if $next (i32.ne (i32.load8_u (local.get $at)) (i32.const 255))))
    ;; 4095 bytes are a path, 4096 are too many; 255 are a name, 256 are too many. Where: 100 to 103.
    (call $dots (i32.const 8192) (i32.const 2045))
    (i64.store (i32.const 12282) (i64.const 0x7478742e61)) ;; a.txt
    (call $expect (i32.const 8192) (i32.const 4095) (i32.const 0) (i32.const 100))
    (call $dots (i32.const 8192) (i32.const 2048))
    (call $expect (i32.const 8192) (i32.const 4096) (i32.const 37) (i32.const 101))
    (memory.fill (i32.const 8192) (i32.const 97) (i32.const 256))
    (call $expect (i32.const 8192) (i32.const 255) (i32.const 44) (i32.const 102))
    (call $expect (i32.const 8192) (i32.const 256) (i32.const 37) (i32.const 103)))
  (func $expect (param $path i32) (param $length i32) (param $error i32) (param $status i32)
    (if (i32.ne (local.get $error)
          (call $stat (i32.const 3) (i32.const 1) (local.get $path) (local.get $length) (i32.const 256)))
      (then (call $exit (local.get $status)))))
  ;; `./` so many times.
  (func $dots (param $at i32) (param $count i32)
    (loop $next
      (i32.store16 (local.get $at) (i32.const 0x2f2e))
      (local.set $at (i32.add (local.get $at) (i32.const 2)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br_if $next (local.get $count))))
  (func $make_links (local $text i32) (local $name i32)
    (local.set $text (i32.const 64))
    (loop $next
      (local.set $name (i32.add (i32.add (local.get $text) (call $length (local.get $text))) (i32.const 1)))
      (drop (call $symlink (local.get $text) (call $length (local.get $text)) (i32.const 3)
        (local.get $name) (call $length (local.get $name))))
      (local.set $text (i32.add (i32.add (local.get $name) (call $length (local.get $name))) (i32.const 1)))
      (br_if $next (i32.load8_u (local.get $text)))))
  (func $length (param $text i32) (result i32) (local $length i32)
    (block $end
      (loop $next
        (br_if $end (i32.eqz (i32.load8_u (i32.add (local.get $text) (local.get $length)))))
        (local.set $length (i32.add (local.get $length) (i32.const 1)))
        (br $next)))
    (local.get $length)))
