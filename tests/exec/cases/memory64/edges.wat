;; 64-bit indices up to the last byte, behind it, and where index and size together wrap around; with and without a
;; constant offset, in a memory that may grow.
;; invoke: run
;; run: 0
;; stdout: 578437695752307201
;; stdout: 67305985
;; stdout: 5
;; run: 65528
;; stdout: 0
;; stdout: 0
;; stdout: 0
;; run: 65529
;; trap: out of bounds memory access
;; run: 65536
;; trap: out of bounds memory access
;; run: 0x100000000
;; trap: out of bounds memory access
;; run: 0x8000000000000000
;; trap: out of bounds memory access
;; run: -1
;; trap: out of bounds memory access
;; run: -4
;; trap: out of bounds memory access
;; run: -8
;; trap: out of bounds memory access
(module
  (memory i64 1)
  (data (i64.const 0) "\01\02\03\04\05\06\07\08")
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "run") (param $at i64) (result i64 i32 i32)
    (i64.load (local.get $at))
    (i32.load (local.get $at))
    (i32.load8_u offset=4 (local.get $at))))
