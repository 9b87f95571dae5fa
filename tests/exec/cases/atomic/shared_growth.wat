;; A shared memory grows up to its maximum in place, and not beyond.
;; invoke: run
;; run: 131068
;; stdout: 1
;; stdout: 3
;; stdout: 5
;; stdout: -1
;; stdout: 3
;; run: 196608
;; trap: out of bounds memory access
;; run: 65532
;; stdout: 1
;; stdout: 3
;; stdout: 5
;; stdout: -1
;; stdout: 3
(module
  (memory 1 3 shared)
  (func (export "run") (param $at i32) (result i32 i32 i32 i32 i32)
    (memory.grow (i32.const 2))
    (memory.size)
    (i32.atomic.store (local.get $at) (i32.const 5))
    (i32.load (local.get $at))
    (memory.grow (i32.const 1))
    (memory.grow (i32.const 0))))
