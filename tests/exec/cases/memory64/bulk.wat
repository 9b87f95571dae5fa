;; Bulk operators with 64-bit operands, and between memories with different ones. No sum wraps.
;; invoke: run
;; run: 0 65532 0 4
;; stdout: 67305985
;; run: 0 65533 0 4
;; trap: out of bounds memory access
;; run: 0 0 -4 8
;; trap: out of bounds memory access
;; run: 0 -4 0 8
;; trap: out of bounds memory access
;; run: 0 0 0 -1
;; trap: out of bounds memory access
;; run: 0 65536 65536 0
;; stdout: 0
;; run: 0 65537 0 0
;; trap: out of bounds memory access
;; run: 1 65532 0 4
;; stdout: 67305985
;; run: 1 -4 0 4
;; trap: out of bounds memory access
;; run: 1 0 0 0xffffffff
;; trap: out of bounds memory access
;; run: 2 65532 0 4
;; stdout: 67305985
;; run: 2 0 -1 1
;; trap: out of bounds memory access
;; run: 3 65532 0 4
;; stdout: 117901063
;; run: 3 -1 0 1
;; trap: out of bounds memory access
;; run: 3 1 0 -1
;; trap: out of bounds memory access
;; run: 4 65532 0 4
;; stdout: 168364039
;; run: 4 65533 0 4
;; trap: out of bounds memory access
;; run: 4 0 1 4
;; trap: out of bounds memory access
;; run: 4 -1 0 1
;; trap: out of bounds memory access
(module
  (memory $wide i64 1)
  (memory $narrow 1)
  (data (memory $wide) (i64.const 0) "\01\02\03\04")
  (data (memory $narrow) (i32.const 0) "\01\02\03\04")
  (data $passive "\07\08\09\0a")
  (func (export "run") (param $which i32) (param $to i64) (param $from i64) (param $length i64) (result i32)
    (block $done
      (if (i32.eqz (local.get $which))
        (then (memory.copy $wide $wide (local.get $to) (local.get $from) (local.get $length)) (br $done)))
      (if (i32.eq (local.get $which) (i32.const 1))
        (then
          (memory.copy $wide $narrow (local.get $to) (i32.wrap_i64 (local.get $from)) (i32.wrap_i64 (local.get $length)))
          (br $done)))
      (if (i32.eq (local.get $which) (i32.const 2))
        (then
          (memory.copy $narrow $wide (i32.wrap_i64 (local.get $to)) (local.get $from) (i32.wrap_i64 (local.get $length)))
          (return (i32.load $narrow (i32.const 65532)))))
      (if (i32.eq (local.get $which) (i32.const 3))
        (then (memory.fill $wide (local.get $to) (i32.const 7) (local.get $length)) (br $done)))
      (memory.init $wide $passive (local.get $to) (i32.wrap_i64 (local.get $from)) (i32.wrap_i64 (local.get $length))))
    (i32.load $wide (i64.const 65532))))
