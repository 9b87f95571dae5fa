;; Stores cut their value to the width, loads fill with zeros.
;; invoke: run
;; run: 8
;; stdout: 143
;; stdout: 38543
;; stdout: -1264216433
;; stdout: 143
;; stdout: 38543
;; stdout: 3030750863
;; stdout: -1089357896855742833
;; stdout: 38895
;; stdout: 3030750863
(module
  (memory 1 1 shared)
  (func (export "run") (param $at i32) (result i32 i32 i32 i64 i64 i64 i64 i64 i64)
    (i64.atomic.store (local.get $at) (i64.const 0xf0e1d2c3b4a5968f))
    (i32.atomic.load8_u (local.get $at))
    (i32.atomic.load16_u (local.get $at))
    (i32.atomic.load (local.get $at))
    (i64.atomic.load8_u (local.get $at))
    (i64.atomic.load16_u (local.get $at))
    (i64.atomic.load32_u (local.get $at))
    (i64.atomic.load (local.get $at))
    (i32.atomic.store8 offset=8 (local.get $at) (i32.const 0xabcdef))
    (i64.atomic.store8 offset=9 (local.get $at) (i64.const 0xffffffffffffff97))
    (i64.load offset=8 (local.get $at))
    (i32.atomic.store16 offset=16 (local.get $at) (i32.const 0xabcd968f))
    (i64.atomic.store16 offset=18 (local.get $at) (i64.const 0xabcdb4a5))
    (i64.load offset=16 (local.get $at))))
