;; References that the program can only keep: they start as null and stay so.
;; invoke: run
;; stdout: 1
;; stdout: 3
;; stdout: 1
;; stdout: <null reference>
;; stdout: <reference>
(module
  (table $table 3 externref)
  (global $global (mut externref) (ref.null extern))
  (elem declare func $f)
  (func $f)
  (func (export "run") (result i32 i32 i32 externref funcref)
    (ref.is_null (table.get $table (i32.const 2)))
    (table.set $table (i32.const 0) (global.get $global))
    (table.grow $table (ref.null extern) (i32.const 2))
    (ref.is_null (select (result externref) (global.get $global) (table.get $table (i32.const 4)) (i32.const 0)))
    (table.get $table (i32.const 0))
    (ref.func $f)))
