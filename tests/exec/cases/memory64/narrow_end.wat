;; Each access by itself, the narrowest too: no other one has checked its index before.
;; invoke: run
;; run: 8 65535
;; stdout: 0
;; run: 8 65536
;; trap: out of bounds memory access
;; run: 8 -1
;; trap: out of bounds memory access
;; run: 16 65534
;; stdout: 0
;; run: 16 65535
;; trap: out of bounds memory access
;; run: 16 -2
;; trap: out of bounds memory access
;; run: 64 65528
;; stdout: 0
;; run: 64 65529
;; trap: out of bounds memory access
;; run: 64 -8
;; trap: out of bounds memory access
;; run: 0 65533
;; stdout: 0
;; run: 0 65534
;; trap: out of bounds memory access
;; run: 0 -3
;; trap: out of bounds memory access
(module
  (memory i64 1)
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "run") (param $bits i32) (param $at i64) (result i64)
    (if (i32.eq (local.get $bits) (i32.const 8)) (then (return (i64.load8_u (local.get $at)))))
    (if (i32.eq (local.get $bits) (i32.const 16)) (then (return (i64.load16_u (local.get $at)))))
    (if (i32.eq (local.get $bits) (i32.const 64)) (then (return (i64.load (local.get $at)))))
    (i64.store8 offset=2 (local.get $at) (i64.const 1))
    (i64.const 0)))
