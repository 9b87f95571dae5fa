;; A table that changes: calls through it check what is there now.
;; invoke: run
;; run: 0
;; stdout: 1
;; stdout: 2
;; stdout: 3
;; stdout: 6
;; stdout: 2
;; stdout: 1
;; run: 1
;; trap: uninitialized element
;; run: 2
;; trap: indirect call type mismatch
;; run: 3
;; trap: undefined element
;; run: 4
;; trap: uninitialized element
(module
  (type $get (func (result i32)))
  (type $other (func (result i64)))
  (table $table 3 funcref)
  (elem (table $table) (i32.const 0) func $one $two)
  (elem declare func $other)
  (func $one (type $get) (i32.const 1))
  (func $two (type $get) (i32.const 2))
  (func $other (type $other) (i64.const 3))
  (func (export "run") (param $case i32) (result i32 i32 i32 i32 i32 i32)
    (call_indirect $table (type $get) (i32.const 0))
    (call_indirect $table (type $get) (i32.const 1))
    (table.grow $table (ref.func $two) (i32.const 3))
    (table.size $table)
    (call_indirect $table (type $get) (i32.const 5))
    (table.copy $table $table (i32.const 1) (i32.const 0) (i32.const 1))
    (if (i32.eq (local.get $case) (i32.const 1))
      (then (table.set $table (i32.const 0) (ref.null func)) (drop (call_indirect $table (type $get) (i32.const 0)))))
    (if (i32.eq (local.get $case) (i32.const 2))
      (then (table.set $table (i32.const 0) (ref.func $other)) (drop (call_indirect $table (type $get) (i32.const 0)))))
    (if (i32.eq (local.get $case) (i32.const 3))
      (then (drop (call_indirect $table (type $get) (i32.const 6)))))
    (if (i32.eq (local.get $case) (i32.const 4))
      (then (table.fill $table (i32.const 0) (ref.null func) (i32.const 6))
            (drop (call_indirect $table (type $get) (i32.const 5)))))
    (call_indirect $table (type $get) (i32.const 1))))
