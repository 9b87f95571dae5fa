;; Calls through tables with 64-bit indices: one that never changes and one that does.
;; invoke: run
;; run: 0 0
;; stdout: 1
;; run: 0 1
;; stdout: 2
;; run: 0 2
;; trap: uninitialized element
;; run: 0 3
;; trap: undefined element
;; run: 0 0x100000000
;; trap: undefined element
;; run: 0 -1
;; trap: undefined element
;; run: 1 1
;; stdout: 2
;; run: 1 2
;; trap: uninitialized element
;; run: 1 3
;; trap: undefined element
;; run: 1 0x100000001
;; trap: undefined element
;; run: 1 -1
;; trap: undefined element
;; run: 2 0
;; trap: undefined element
;; run: 3 0
;; trap: undefined element
(module
  (type $f (func (result i32)))
  (table $fixed i64 3 funcref)
  (table $changing i64 3 funcref)
  (elem (table $fixed) (i64.const 0) func $one $two)
  (elem (table $changing) (i64.const 0) func $one $two)
  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))
  (func (export "run") (param $which i32) (param $at i64) (result i32)
    (if (i32.eqz (local.get $which)) (then (return (call_indirect $fixed (type $f) (local.get $at)))))
    (if (i32.eq (local.get $which) (i32.const 2))
      (then (return (call_indirect $fixed (type $f) (i64.const 0x100000000)))))
    (if (i32.eq (local.get $which) (i32.const 3))
      (then (return (call_indirect $fixed (type $f) (i64.const -1)))))
    (table.set $changing (i64.const 0) (table.get $changing (i64.const 1)))
    (call_indirect $changing (type $f) (local.get $at))))
