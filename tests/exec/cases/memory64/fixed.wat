;; The same in a memory that never grows.
;; invoke: run
;; run: 0
;; stdout: 67305985
;; stdout: 1541
;; run: 65530
;; stdout: 0
;; stdout: 0
;; run: 65531
;; trap: out of bounds memory access
;; run: -1
;; trap: out of bounds memory access
;; run: -6
;; trap: out of bounds memory access
(module
  (memory i64 1)
  (data (i64.const 0) "\01\02\03\04\05\06\07\08")
  (func (export "run") (param $at i64) (result i32 i32)
    (i32.load (local.get $at))
    (i32.load16_u offset=4 (local.get $at))))
