;; Bulk operators name their memories: a copy goes from one to another, and each range is held to its own memory's size.
;; invoke: run
;; run: 0 0 4
;; stdout: 67305985
;; stdout: 0
;; run: 65532 0 4
;; stdout: 67305985
;; stdout: 0
;; run: 0 131072 0
;; stdout: 0
;; stdout: 0
;; run: 65533 0 4
;; trap: out of bounds memory access
;; run: 0 131069 4
;; trap: out of bounds memory access
;; run: 65537 0 0
;; trap: out of bounds memory access
(module
  (memory $small 1)
  (memory $large 2)
  (data (memory $large) (i32.const 0) "\01\02\03\04")
  (data $passive "\09\08\07\06")
  (func (export "run") (param $to i32) (param $from i32) (param $length i32) (result i32 i32)
    (memory.copy $small $large (local.get $to) (local.get $from) (local.get $length))
    (memory.init $large $passive (i32.const 131068) (i32.const 0) (i32.const 4))
    (memory.fill $large (i32.const 131068) (i32.const 0) (i32.const 4))
    (i32.load $small (i32.and (local.get $to) (i32.const 0xfffc)))
    (i32.load $large (i32.const 131068))))
