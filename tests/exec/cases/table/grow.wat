;; Growth up to the maximum, past it, and by more than there can be.
;; invoke: run
;; stdout: 2
;; stdout: -1
;; stdout: 5
;; stdout: 5
;; stdout: -1
;; stdout: 0
;; stdout: 1
;; stdout: 1
;; stdout: 100000
(module
  (table $small 2 5 funcref)
  (table $large 0 funcref)
  (elem declare func $f)
  (func $f)
  (func (export "run") (result i32 i32 i32 i32 i32 i32 i32 i32 i32)
    (table.grow $small (ref.func $f) (i32.const 3))
    (table.grow $small (ref.null func) (i32.const 1))
    (table.size $small)
    (table.grow $small (ref.null func) (i32.const 0))
    (table.grow $small (ref.null func) (i32.const -1))
    (table.grow $large (ref.null func) (i32.const 100000))
    (ref.is_null (table.get $small (i32.const 0)))
    (ref.is_null (table.get $large (i32.const 99999)))
    (table.size $large)))
