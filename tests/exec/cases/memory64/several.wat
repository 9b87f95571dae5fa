;; 64-bit and 32-bit memories side by side; each grows for itself.
;; invoke: run
;; run: 0
;; stdout: 10
;; stdout: 20
;; stdout: 30
;; stdout: 40
;; run: 65536
;; trap: out of bounds memory access
(module
  (memory $a 1)
  (memory $b i64 1)
  (memory $c 1)
  (memory $d i64 1)
  (func (export "run") (param $at i64) (result i32 i32 i32 i32)
    (i32.store $a (i32.wrap_i64 (local.get $at)) (i32.const 10))
    (i32.store $b (local.get $at) (i32.const 20))
    (i32.store $c (i32.wrap_i64 (local.get $at)) (i32.const 30))
    (i32.store $d (local.get $at) (i32.const 40))
    (drop (memory.grow $a (i32.const 4)))
    (drop (memory.grow $b (i64.const 400)))
    (drop (memory.grow $c (i32.const 4)))
    (drop (memory.grow $d (i64.const 400)))
    (i32.store $b (i64.const 26279932) (i32.const 1))
    (i32.store $d (i64.const 26279932) (i32.const 1))
    (i32.load $a (i32.wrap_i64 (local.get $at)))
    (i32.load $b (local.get $at))
    (i32.load $c (i32.wrap_i64 (local.get $at)))
    (i32.load $d (local.get $at))))
