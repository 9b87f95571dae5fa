;; Each memory has its own size, contents and end.
;; invoke: run
;; run: 131068
;; stdout: 1
;; stdout: 2
;; stdout: 0
;; stdout: 1
;; stdout: -1
;; stdout: 3
;; stdout: 1
;; stdout: 17
;; stdout: 34
;; stdout: 0
;; run: 131069
;; trap: out of bounds memory access
;; run: 65536
;; trap: out of bounds memory access
(module
  (memory $a 1)
  (memory $b 2 3)
  (memory $c 0 1)
  (data $for_b (memory $b) (i32.const 131068) "\22")
  (data (memory $a) (i32.const 0) "\11")
  (func (export "run") (param $at i32) (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (memory.size $a)
    (memory.size $b)
    (memory.size $c)
    (memory.size $a)
    (drop (memory.grow $b (i32.const 1)))
    (memory.grow $b (i32.const 1))
    (memory.size $b)
    (drop (memory.grow $c (i32.const 1)))
    (memory.size $c)
    (if (i32.eq (local.get $at) (i32.const 65536))
      (then (drop (i32.load8_u $a (local.get $at)))))
    (if (i32.eq (local.get $at) (i32.const 131069))
      (then (drop (i32.load $c (local.get $at)))))
    (i32.load8_u $a (i32.const 0))
    (i32.load8_u $b (local.get $at))
    (i32.load8_u $c (i32.const 0))))
