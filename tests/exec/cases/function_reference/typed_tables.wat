;; Tables of typed references, changed in every way, and called through.
;; invoke: run
;; run: 0
;; stdout: 1
;; run: 1
;; stdout: 2
;; run: 2
;; trap: uninitialized element
;; run: 3
;; trap: undefined element
;; run: 4
;; trap: indirect call type mismatch
;; run: 5
;; stdout: 1
;; run: 6
;; stdout: 2
;; run: 7
;; stdout: 1
;; run: 8
;; stdout: 2
;; run: 9
;; stdout: 2
;; run: 10
;; trap: out of bounds table access
;; run: 11
;; trap: undefined element
;; run: 12
;; stdout: 2
(module
  (type $f (func (result i32)))
  (type $g (func (result i64)))
  (table $nullable 4 8 (ref null $f))
  (table $non_null 3 8 (ref $f) (ref.func $one))
  (table $constant 3 (ref $f) (ref.func $one))
  (elem (table $nullable) (i32.const 0) (ref $f) (item (ref.func $one)) (item (ref.func $two)))
  (elem (table $constant) (i32.const 1) (ref $f) (item (ref.func $two)))
  (elem $passive (ref $f) (item (ref.func $one)) (item (ref.func $two)))
  (func $one (type $f) (i32.const 1))
  (func $two (type $f) (i32.const 2))
  (func (export "run") (param $case i32) (result i32)
    block block block block block block block block block block block block block
    (br_table 0 1 2 3 4 5 6 7 8 9 10 11 12 (local.get $case))
    end (return (call_indirect $nullable (type $f) (local.get $case)))
    end (return (call_indirect $nullable (type $f) (local.get $case)))
    end (return (call_indirect $nullable (type $f) (local.get $case)))
    end (return (call_indirect $nullable (type $f) (i32.const 4)))
    end (return (i32.wrap_i64 (call_indirect $non_null (type $g) (i32.const 0))))
    end (return (call_indirect $non_null (type $f) (i32.const 2)))
    end
    (table.fill $non_null (i32.const 1) (ref.func $two) (i32.const 2))
    (return (call_indirect $non_null (type $f) (i32.const 2)))
    end
    (table.init $nullable $passive (i32.const 2) (i32.const 0) (i32.const 2))
    (return (call_indirect $nullable (type $f) (i32.const 2)))
    end
    (drop (table.grow $non_null (ref.func $two) (i32.const 2)))
    (return (call_indirect $non_null (type $f) (i32.const 4)))
    end
    (table.copy $nullable $non_null (i32.const 1) (i32.const 0) (i32.const 3))
    (table.set $nullable (i32.const 3) (ref.func $two))
    (return (call_indirect $nullable (type $f) (i32.const 3)))
    end
    (table.init $non_null $passive (i32.const 2) (i32.const 0) (i32.const 2))
    (unreachable)
    end (return (call_indirect $constant (type $f) (i32.const 3)))
    end (call_indirect $constant (type $f) (i32.rem_u (i32.const 4) (i32.sub (local.get $case) (i32.const 9))))))
