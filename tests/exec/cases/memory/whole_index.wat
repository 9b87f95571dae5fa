;; A memory that starts with all 65536 pages has its last byte, and the index behind that byte is 0.
;; invoke: run
;; run: -8
;; stdout: 7
;; stdout: 11
;; run: -16
;; stdout: 0
;; stdout: 7
(module
  (memory 65536)
  (data (i32.const 0) "\0b")
  (func (export "run") (param $index i32) (result i64 i64)
    (i64.store (i32.const 0xfffffff8) (i64.const 7))
    (i64.load (local.get $index))
    (i64.load (i32.add (local.get $index) (i32.const 8)))))
