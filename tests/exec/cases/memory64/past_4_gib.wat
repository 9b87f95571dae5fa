;; A memory grows past 4 GiB: what 32 bits cannot name is as good as the rest.
;; invoke: run
;; run: 0x10003fff8
;; stdout: 1
;; stdout: 65540
;; stdout: -72623859790382856
;; stdout: 0
;; stdout: -72623859790382856
;; run: 0x10003fff9
;; trap: out of bounds memory access
(module
  (memory i64 1)
  (func (export "run") (param $at i64) (result i64 i64 i64 i64 i64)
    (memory.grow (i64.const 65539))
    (memory.size)
    (i64.store (local.get $at) (i64.const 0xfefdfcfbfaf9f8f8))
    (i64.load (local.get $at))
    (i64.load (i64.and (local.get $at) (i64.const 0xffff0)))
    (memory.copy (i64.const 0xfffffff8) (local.get $at) (i64.const 8))
    (i64.load offset=0x80000000 (i64.const 0x7ffffff8))))
