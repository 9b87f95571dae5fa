;; A table that never changes: past its end, null, and another type; then the right one.
;; invoke: run
;; run: 0 1
;; stdout: 11
;; run: 0 2
;; trap: uninitialized element
;; run: 0 3
;; trap: indirect call type mismatch
;; run: 0 4
;; trap: undefined element
;; run: 0 -1
;; trap: undefined element
;; run: 0 0x80000000
;; trap: undefined element
;; run: 1 0
;; stdout: 12
;; run: 2 0
;; trap: uninitialized element
;; run: 3 0
;; trap: undefined element
;; run: 4 0
;; trap: indirect call type mismatch
(module
  (type $get (func (result i32)))
  (type $same (func (result i32)))
  (type $other (func (param i32) (result i32)))
  (table 4 4 funcref)
  (elem (i32.const 0) $a $b)
  (elem (i32.const 3) $c)
  (func $a (type $get) (i32.const 10))
  (func $b (type $same) (i32.const 11))
  (func $c (type $other) (local.get 0))
  (func (export "run") (param $case i32) (param $at i32) (result i32)
    block block block block block
    (br_table 0 1 2 3 4 (local.get $case))
    end (return (call_indirect (type $get) (local.get $at)))
    end (return (call_indirect (type $other) (i32.const 12) (i32.const 3)))
    end (return (call_indirect (type $get) (i32.const 2)))
    end (return (call_indirect (type $get) (i32.const 4)))
    end (call_indirect (type $get) (i32.const 3))))
