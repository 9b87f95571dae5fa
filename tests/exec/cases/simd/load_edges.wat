;; The last byte of each access is the last of memory; one more is out of bounds.
;; invoke: load
;; run: 0 65520
;; stdout: 0x100f0e0d0c0b0a090807060504030201
;; run: 1 65528
;; stdout: 0x0010000f000e000d000c000b000a0009
;; run: 2 65535
;; stdout: 0x10101010101010101010101010101010
;; run: 3 65534
;; stdout: 0x100f100f100f100f100f100f100f100f
;; run: 4 65532
;; stdout: 0x000000000000000000000000100f0e0d
;; run: 5 65528
;; stdout: 0x0000000000000000100f0e0d0c0b0a09
;; run: 6 65535
;; stdout: 0x10ffffffffffffffffffffffffffffff
;; run: 7 65528
;; stdout: 0x100f0e0d0c0b0a09ffffffffffffffff
;; run: 0 65521
;; trap: out of bounds memory access
;; run: 1 65529
;; trap: out of bounds memory access
;; run: 2 65536
;; trap: out of bounds memory access
;; run: 3 65535
;; trap: out of bounds memory access
;; run: 4 65533
;; trap: out of bounds memory access
;; run: 5 65529
;; trap: out of bounds memory access
;; run: 6 65536
;; trap: out of bounds memory access
;; run: 7 65529
;; trap: out of bounds memory access
;; run: 0 -1
;; trap: out of bounds memory access
;; run: 8 0
;; trap: out of bounds memory access
(module
  (memory 1)
  (data (i32.const 65520) "\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10")
  (func (export "load") (param $how i32) (param $at i32) (result v128)
    (block $8 (block $7 (block $6 (block $5 (block $4 (block $3 (block $2 (block $1 (block $0
      (br_table $0 $1 $2 $3 $4 $5 $6 $7 $8 (local.get $how)))
      (return (v128.load (local.get $at))))
      (return (v128.load8x8_u (local.get $at))))
      (return (v128.load8_splat (local.get $at))))
      (return (v128.load16_splat (local.get $at))))
      (return (v128.load32_zero (local.get $at))))
      (return (v128.load64_zero (local.get $at))))
      (return (v128.load8_lane 15 (local.get $at) (i32x4.splat (i32.const -1)))))
      (return (v128.load64_lane 1 (local.get $at) (i32x4.splat (i32.const -1)))))
    (v128.load offset=0xfffffff0 (local.get $at))))
