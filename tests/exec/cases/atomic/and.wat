;; Bitwise and in each width: what was there, filled with zeros, and what is there then; bytes beside it stay as they are.
;; invoke: run
;; run: 0 0xf0e1d2c3b4a5968f
;; stdout: 17
;; stdout: -8613303245920329215
;; run: 1 0xf0e1d2c3b4a5968f
;; stdout: 8721
;; stdout: -8613303245920337407
;; run: 2 0xf0e1d2c3b4a5968f
;; stdout: 1144201745
;; stdout: -8613303246995258879
;; run: 3 0xf0e1d2c3b4a5968f
;; stdout: 17
;; stdout: -8613303245920329215
;; run: 4 0xf0e1d2c3b4a5968f
;; stdout: 8721
;; stdout: -8613303245920337407
;; run: 5 0xf0e1d2c3b4a5968f
;; stdout: 1144201745
;; stdout: -8613303246995258879
;; run: 6 0xf0e1d2c3b4a5968f
;; stdout: -8613303245920329199
;; stdout: -9195996117104262655
(module
  (type $update (func (param i32 i64) (result i64)))
  (memory 1 1 shared)
  (data (i32.const 24) "\11\22\33\44\55\66\77\88")
  (table funcref (elem $0 $1 $2 $3 $4 $5 $6))
  (func $0 (type $update)
    (i64.extend_i32_u (i32.atomic.rmw8.and_u offset=8 (local.get 0) (i32.wrap_i64 (local.get 1)))))
  (func $1 (type $update)
    (i64.extend_i32_u (i32.atomic.rmw16.and_u offset=8 (local.get 0) (i32.wrap_i64 (local.get 1)))))
  (func $2 (type $update)
    (i64.extend_i32_u (i32.atomic.rmw.and offset=8 (local.get 0) (i32.wrap_i64 (local.get 1)))))
  (func $3 (type $update) (i64.atomic.rmw8.and_u offset=8 (local.get 0) (local.get 1)))
  (func $4 (type $update) (i64.atomic.rmw16.and_u offset=8 (local.get 0) (local.get 1)))
  (func $5 (type $update) (i64.atomic.rmw32.and_u offset=8 (local.get 0) (local.get 1)))
  (func $6 (type $update) (i64.atomic.rmw.and offset=8 (local.get 0) (local.get 1)))
  (func (export "run") (param $which i32) (param $operand i64) (result i64 i64)
    (call_indirect (type $update) (i32.const 16) (local.get $operand) (local.get $which))
    (i64.load (i32.const 24))))
