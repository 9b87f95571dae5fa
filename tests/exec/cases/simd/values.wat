;; Vectors in globals, locals, blocks, branches, tables and calls, many of them alive at once.
;; invoke: all
;; run:
;; stdout: 0x0000000400000003000000020000000b
;; stdout: 0x000000000000000a000000000000000a
;; stdout: 0x00000000000000000000000000000006
;; stdout: 0x00000005000000050000000500000005
;; stdout: 0x00000009000000090000000900000009
;; stdout: 0x000000d2000000d2000000d2000000d2
;; stdout: 0x00000000000000000000000000000000
;; stdout: 0x00000014000000100000001000000019
;; stdout: 3
(module
  (type $unary (func (param v128) (result v128)))
  (global $padding i32 (i32.const 3))
  (global $narrow (mut i32) (i32.const 3))
  (global $stored (mut v128) (v128.const i32x4 1 2 3 4))
  (global $constant v128 (v128.const i64x2 5 5))
  (table funcref (elem $double $negate))

  (func $double (type $unary) (i32x4.add (local.get 0) (local.get 0)))
  (func $negate (type $unary) (i32x4.neg (local.get 0)))

  (func $globals (result v128)
    (global.set $stored (i32x4.replace_lane 0 (global.get $stored) (i32.const 11)))
    (global.get $stored))

  ;; An operand crosses each branch.
  (func $branches (param $which i32) (result v128)
    (block $first (result v128)
      (block $second (result v128)
        (br_table $first $second (v128.const i64x2 6 0) (local.get $which)))
      (drop)
      (v128.const i64x2 7 0)))

  (func $loop (param $n i32) (result v128)
    (v128.const i64x2 0 0)
    (loop $again (param v128) (result v128)
      (i32x4.splat (i32.const 1))
      (i32x4.add)
      (local.tee $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $again)))

  (func $choose (param $condition i32) (result v128)
    (select (i32x4.splat (i32.const 9)) (i32x4.splat (i32.const 8)) (local.get $condition)))

  ;; 20 vectors that a call does not change.
  (func $alive (result v128)
    (i32x4.splat (i32.const 1)) (i32x4.splat (i32.const 2)) (i32x4.splat (i32.const 3)) (i32x4.splat (i32.const 4))
    (i32x4.splat (i32.const 5)) (i32x4.splat (i32.const 6)) (i32x4.splat (i32.const 7)) (i32x4.splat (i32.const 8))
    (i32x4.splat (i32.const 9)) (i32x4.splat (i32.const 10)) (i32x4.splat (i32.const 11)) (i32x4.splat (i32.const 12))
    (i32x4.splat (i32.const 13)) (i32x4.splat (i32.const 14)) (i32x4.splat (i32.const 15)) (i32x4.splat (i32.const 16))
    (i32x4.splat (i32.const 17)) (i32x4.splat (i32.const 18)) (i32x4.splat (i32.const 19)) (i32x4.splat (i32.const 20))
    (drop (call $many
      (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1)
      (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1)
      (v128.const i64x2 1 1) (v128.const i64x2 1 1)))
    i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add
    i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add i32x4.add)

  (func $many (param v128 v128 v128 v128 v128 v128 v128 v128 v128 v128) (result v128)
    (i64x2.add (i64x2.add (i64x2.add (local.get 0) (local.get 1)) (i64x2.add (local.get 2) (local.get 3)))
      (i64x2.add (i64x2.add (i64x2.add (local.get 4) (local.get 5)) (i64x2.add (local.get 6) (local.get 7)))
        (i64x2.add (local.get 8) (local.get 9)))))

  (func $zero (result v128) (local v128) (local.get 0))

  (func $indirect (result v128)
    (call_indirect (type $unary) (call_indirect (type $unary)
      (i32x4.sub (v128.const i32x4 0 1 2 3) (global.get $stored)) (i32.const 0)) (i32.const 1)))

  (func (export "all") (result v128 v128 v128 v128 v128 v128 v128 v128 i32)
    (call $globals)
    (call $many
      (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1)
      (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1) (v128.const i64x2 1 1)
      (v128.const i64x2 1 1) (v128.const i64x2 1 1))
    (call $branches (i32.const 0))
    (call $loop (i32.const 5))
    (call $choose (i32.const 256))
    (call $alive)
    (call $zero)
    (i32x4.add (call $indirect) (i32x4.add (global.get $constant) (v128.const i32x4 -2 14 9 18)))
    (global.get $narrow)))
