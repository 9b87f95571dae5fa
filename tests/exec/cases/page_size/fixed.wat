;; The same for one that never grows.
;; invoke: run
;; run: 0
;; stdout: 67305985
;; run: 3
;; stdout: 117835012
;; run: 4
;; trap: out of bounds memory access
;; run: -1
;; trap: out of bounds memory access
(module
  (memory 7 (pagesize 1))
  (data (i32.const 0) "\01\02\03\04\05\06\07")
  (func (export "run") (param $at i32) (result i32)
    (i32.load (local.get $at))))
