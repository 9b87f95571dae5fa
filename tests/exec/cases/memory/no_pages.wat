;; A memory that never has a page: nothing is in bounds, except what has no length.
;; invoke: run
;; run: 0
;; stdout: 0
;; run: 1
;; trap: out of bounds memory access
;; run: 2
;; trap: out of bounds memory access
;; run: 3
;; trap: out of bounds memory access
(module
  (memory 0 0)
  (data $none "")
  (func (export "run") (param $case i32) (result i32)
    (memory.fill (i32.const 0) (i32.const 1) (i32.const 0))
    (memory.copy (i32.const 0) (i32.const 0) (i32.const 0))
    (memory.init $none (i32.const 0) (i32.const 0) (i32.const 0))
    (if (i32.eq (local.get $case) (i32.const 1)) (then (i32.store8 (i32.const 0) (i32.const 1))))
    (if (i32.eq (local.get $case) (i32.const 2)) (then (memory.fill (i32.const 0) (i32.const 1) (i32.const 1))))
    (if (i32.eq (local.get $case) (i32.const 3)) (then (memory.fill (i32.const 1) (i32.const 1) (i32.const 0))))
    (memory.size)))
