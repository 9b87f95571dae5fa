;; Growth to the maximum and past it; what is new is zero and in bounds, what is behind it is not, and a growth that
;; fails changes nothing.
;; invoke: run
;; run: 0
;; stdout: 1
;; stdout: 1
;; stdout: 3
;; stdout: 3
;; stdout: -1
;; stdout: -1
;; stdout: 3
;; stdout: 4
;; stdout: -1
;; stdout: 4
;; stdout: 4
;; stdout: 7
;; run: 262143
;; trap: out of bounds memory access
;; run: 262144
;; trap: out of bounds memory access
(module
  (memory 1 4)
  (data (i32.const 100) "\07")
  (func (export "run") (param $at i32)
      (result i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (memory.size)
    (memory.grow (i32.const 2))
    (memory.size)
    (memory.grow (i32.const 0))
    (memory.grow (i32.const 2))
    (memory.grow (i32.const -1))
    (memory.grow (i32.const 1))
    (memory.size)
    (memory.grow (i32.const 1))
    (memory.size)
    (i32.store8 (i32.const 262143) (i32.const 4))
    (drop (i32.load16_u (local.get $at)))
    (i32.load8_u (i32.const 262143))
    (i32.load8_u (i32.const 100))))
