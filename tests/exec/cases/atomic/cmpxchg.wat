;; Comparison and exchange in each width, with what is there, with that and other bits above it, which are cut off, and with
;; something else.
;; invoke: run
;; run: 0 0x11
;; stdout: 17
;; stdout: -8613303245920329073
;; run: 0 0xa511
;; stdout: 17
;; stdout: -8613303245920329073
;; run: 0 0x10
;; stdout: 17
;; stdout: -8613303245920329199
;; run: 1 0x2211
;; stdout: 8721
;; stdout: -8613303245920299377
;; run: 1 0xa52211
;; stdout: 8721
;; stdout: -8613303245920299377
;; run: 1 0x2210
;; stdout: 8721
;; stdout: -8613303245920329199
;; run: 2 0x44332211
;; stdout: 1144201745
;; stdout: -8613303244033780081
;; run: 2 0x44332210
;; stdout: 1144201745
;; stdout: -8613303245920329199
;; run: 3 0x11
;; stdout: 17
;; stdout: -8613303245920329073
;; run: 3 0xa511
;; stdout: 17
;; stdout: -8613303245920329073
;; run: 3 0x10
;; stdout: 17
;; stdout: -8613303245920329199
;; run: 4 0x2211
;; stdout: 8721
;; stdout: -8613303245920299377
;; run: 4 0xa52211
;; stdout: 8721
;; stdout: -8613303245920299377
;; run: 4 0x2210
;; stdout: 8721
;; stdout: -8613303245920329199
;; run: 5 0x44332211
;; stdout: 1144201745
;; stdout: -8613303244033780081
;; run: 5 0xa544332211
;; stdout: 1144201745
;; stdout: -8613303244033780081
;; run: 5 0x44332210
;; stdout: 1144201745
;; stdout: -8613303245920329199
;; run: 6 0x8877665544332211
;; stdout: -8613303245920329199
;; stdout: -1089357896855742833
;; run: 6 0x8877665544332210
;; stdout: -8613303245920329199
;; stdout: -8613303245920329199
(module
  (type $update (func (param i32 i64 i64) (result i64)))
  (memory 1 1 shared)
  (data (i32.const 24) "\11\22\33\44\55\66\77\88")
  (table funcref (elem $0 $1 $2 $3 $4 $5 $6))
  (func $0 (type $update)
    (i64.extend_i32_u
      (i32.atomic.rmw8.cmpxchg_u offset=8 (local.get 0) (i32.wrap_i64 (local.get 1)) (i32.wrap_i64 (local.get 2)))))
  (func $1 (type $update)
    (i64.extend_i32_u
      (i32.atomic.rmw16.cmpxchg_u offset=8 (local.get 0) (i32.wrap_i64 (local.get 1)) (i32.wrap_i64 (local.get 2)))))
  (func $2 (type $update)
    (i64.extend_i32_u
      (i32.atomic.rmw.cmpxchg offset=8 (local.get 0) (i32.wrap_i64 (local.get 1)) (i32.wrap_i64 (local.get 2)))))
  (func $3 (type $update) (i64.atomic.rmw8.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func $4 (type $update) (i64.atomic.rmw16.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func $5 (type $update) (i64.atomic.rmw32.cmpxchg_u offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func $6 (type $update) (i64.atomic.rmw.cmpxchg offset=8 (local.get 0) (local.get 1) (local.get 2)))
  (func (export "run") (param $which i32) (param $expected i64) (result i64 i64)
    (call_indirect (type $update)
      (i32.const 16) (local.get $expected) (i64.const 0xf0e1d2c3b4a5968f) (local.get $which))
    (i64.load (i32.const 24))))
