;; Stores up to the last byte; one more is out of bounds.
;; invoke: store
;; run: 0 65520
;; stdout: 0x100f0e0d0c0b0a090807060504030201
;; run: 1 65535
;; stdout: 0x10000000000000000000000000000000
;; run: 2 65534
;; stdout: 0x02010000000000000000000000000000
;; run: 3 65532
;; stdout: 0x08070605000000000000000000000000
;; run: 4 65528
;; stdout: 0x100f0e0d0c0b0a090000000000000000
;; run: 0 65521
;; trap: out of bounds memory access
;; run: 1 65536
;; trap: out of bounds memory access
;; run: 2 65535
;; trap: out of bounds memory access
;; run: 3 65533
;; trap: out of bounds memory access
;; run: 4 65529
;; trap: out of bounds memory access
(module
  (memory 1)
  (func (export "store") (param $how i32) (param $at i32) (result v128)
    (local $v v128)
    (local.set $v (v128.const i8x16 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16))
    (block $done (block $4 (block $3 (block $2 (block $1 (block $0
      (br_table $0 $1 $2 $3 $4 (local.get $how)))
      (v128.store (local.get $at) (local.get $v)) (br $done))
      (v128.store8_lane 15 (local.get $at) (local.get $v)) (br $done))
      (v128.store16_lane 0 (local.get $at) (local.get $v)) (br $done))
      (v128.store32_lane 1 (local.get $at) (local.get $v)) (br $done))
      (v128.store64_lane 1 (local.get $at) (local.get $v)))
    (v128.load (i32.const 65520))))
