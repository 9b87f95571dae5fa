;; Bulk operators between memories of different page sizes hold each range to its own memory's bytes.
;; invoke: run
;; run: 0 65526 10
;; stdout: 2569
;; run: 0 65526 11
;; trap: out of bounds memory access
;; run: 1 65526 10
;; trap: out of bounds memory access
;; run: 0 65527 10
;; trap: out of bounds memory access
;; run: 10 65536 0
;; stdout: 0
;; run: 11 0 0
;; trap: out of bounds memory access
(module
  (memory $bytes 10 (pagesize 1))
  (memory $pages 1)
  (data (memory $pages) (i32.const 65526) "\01\02\03\04\05\06\07\08\09\0a")
  (func (export "run") (param $to i32) (param $from i32) (param $length i32) (result i32)
    (memory.copy $bytes $pages (local.get $to) (local.get $from) (local.get $length))
    (memory.fill $bytes (i32.const 0) (i32.const 1) (local.get $length))
    (memory.copy $bytes $pages (local.get $to) (local.get $from) (local.get $length))
    (i32.load16_u $bytes (i32.const 8))))
