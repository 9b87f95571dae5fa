;; Shift counts wrap, rotations, counting bits of zero, sign extension, wrapping arithmetic.
;; invoke: run
;; run: 33 0
;; stdout: 2
;; stdout: -1
;; stdout: 1
;; stdout: 2
;; stdout: -2147483648
;; stdout: 32
;; stdout: 64
;; stdout: 32
;; stdout: 64
;; stdout: 0
;; stdout: -128
;; stdout: -32768
;; stdout: -2147483648
;; stdout: -2147483648
;; stdout: 1
;; stdout: 1
(module
  (func (export "run") (param $by i32) (param $zero i64)
    (result i32 i32 i32 i32 i32 i32 i64 i32 i64 i32 i32 i64 i64 i32 i32 i64)
    (local $z i32) (local.set $z (i32.wrap_i64 (local.get $zero)))
    (i32.shl (i32.const 1) (local.get $by))
    (i32.shr_s (i32.const -2) (local.get $by))
    (i32.shr_u (i32.const 3) (local.get $by))
    (i32.rotl (i32.const 1) (local.get $by))
    (i32.rotr (i32.const 1) (local.get $by))
    (i32.clz (local.get $z))
    (i64.clz (local.get $zero))
    (i32.ctz (local.get $z))
    (i64.ctz (local.get $zero))
    (i32.popcnt (local.get $z))
    (i32.extend8_s (i32.add (local.get $z) (i32.const 0x180)))
    (i64.extend16_s (i64.add (local.get $zero) (i64.const 0x18000)))
    (i64.extend32_s (i64.add (local.get $zero) (i64.const 0x180000000)))
    (i32.sub (local.get $z) (i32.const 0x80000000))
    (i32.mul (i32.const -1) (i32.sub (local.get $z) (i32.const 1)))
    (i64.shr_u (i64.const -1) (i64.const 127))))
