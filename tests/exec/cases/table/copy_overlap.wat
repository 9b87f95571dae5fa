;; Overlapping copies keep the order of the elements, in both directions; tables are copied to each other.
;; invoke: run
;; stdout: 0
;; stdout: 0
;; stdout: 1
;; stdout: 2
;; stdout: 1
;; stdout: 2
;; stdout: 2
(module
  (type $get (func (result i32)))
  (table $a 6 funcref)
  (table $b 6 funcref)
  (elem (table $a) (i32.const 0) func $zero $one $two)
  (func $zero (result i32) (i32.const 0))
  (func $one (result i32) (i32.const 1))
  (func $two (result i32) (i32.const 2))
  (func (export "run") (result i32 i32 i32 i32 i32 i32 i32)
    (table.copy $a $a (i32.const 1) (i32.const 0) (i32.const 3))
    (call_indirect $a (type $get) (i32.const 0)) (call_indirect $a (type $get) (i32.const 1))
    (call_indirect $a (type $get) (i32.const 2)) (call_indirect $a (type $get) (i32.const 3))
    (table.copy $a $a (i32.const 0) (i32.const 2) (i32.const 2))
    (call_indirect $a (type $get) (i32.const 0)) (call_indirect $a (type $get) (i32.const 1))
    (table.copy $b $a (i32.const 4) (i32.const 3) (i32.const 1))
    (call_indirect $b (type $get) (i32.const 4))))
